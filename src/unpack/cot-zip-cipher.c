/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-zip-cipher.h"

#include <nettle/memops.h>
#include <nettle/pbkdf2.h>
#include <string.h>
#include <zlib.h>

#define TRADITIONAL_BYTES 12u
/* APPNOTE.TXT 6.1.5 */
#define KEY_0 0x12345678u
#define KEY_1 0x23456789u
#define KEY_2 0x34567890u
#define MULTIPLIER 134775813u

#define VERIFIER_BYTES 2u
#define CODE_BYTES 10u
#define MAX_SALT_BYTES 16u
#define MAX_KEY_BYTES 32u
#define N_ROUNDS 1000

static uint32_t
get_key_bytes (const CotZipLock *lock)
{
  return 8u + 8u * lock->strength;
}

static uint32_t
get_salt_bytes (const CotZipLock *lock)
{
  return get_key_bytes (lock) / 2;
}

uint32_t
cot_zip_lock_get_front_bytes (const CotZipLock *lock)
{
  switch (lock->kind)
    {
    case COT_ZIP_TRADITIONAL:
      return TRADITIONAL_BYTES;
    case COT_ZIP_AES:
      return get_salt_bytes (lock) + VERIFIER_BYTES;
    default:
      return 0;
    }
}

uint32_t
cot_zip_lock_get_bytes (const CotZipLock *lock)
{
  return cot_zip_lock_get_front_bytes (lock) + (lock->kind == COT_ZIP_AES ? CODE_BYTES : 0);
}

static inline uint32_t
update_crc (const z_crc_t *table, uint32_t crc, uint8_t byte)
{
  return (uint32_t) table[(crc ^ byte) & 0xff] ^ crc >> 8;
}

/* Runs for every byte: the caller looks up the table once. */
static inline void
update_keys (const z_crc_t *table, uint32_t keys[3], uint8_t byte)
{
  keys[0] = update_crc (table, keys[0], byte);
  keys[1] = (keys[1] + (keys[0] & 0xff)) * MULTIPLIER + 1;
  keys[2] = update_crc (table, keys[2], (uint8_t) (keys[1] >> 24));
}

static void
decrypt_traditionally (void *data, uint8_t *bytes, size_t length_bytes)
{
  CotZipCipher *cipher = data;
  const z_crc_t *table = get_crc_table ();
  uint32_t keys[3] = { cipher->keys[0], cipher->keys[1], cipher->keys[2] };

  for (size_t i = 0; i < length_bytes; i++)
    {
      uint32_t mixed = (keys[2] | 2) & 0xffff;

      bytes[i] ^= (uint8_t) (mixed * (mixed ^ 1) >> 8);
      update_keys (table, keys, bytes[i]);
    }
  memcpy (cipher->keys, keys, sizeof keys);
}

static void
encrypt_block (CotZipCipher *cipher, uint8_t block[AES_BLOCK_SIZE])
{
  switch (cipher->lock.strength)
    {
    case 1:
      aes128_encrypt (&cipher->aes.aes128, AES_BLOCK_SIZE, block, block);
      break;
    case 2:
      aes192_encrypt (&cipher->aes.aes192, AES_BLOCK_SIZE, block, block);
      break;
    default:
      aes256_encrypt (&cipher->aes.aes256, AES_BLOCK_SIZE, block, block);
    }
}

/* The counter is in little-endian order and begins at 1, which is not that of the library's own
 * counter mode. */
static void
decrypt_aes (void *data, uint8_t *bytes, size_t length_bytes)
{
  CotZipCipher *cipher = data;

  hmac_sha1_update (&cipher->hmac, length_bytes, bytes);
  for (size_t i = 0; i < length_bytes; i++)
    {
      if (cipher->n_used == AES_BLOCK_SIZE)
        {
          memset (cipher->pad, 0, sizeof cipher->pad);
          cot_unpack_put_u64 (cipher->pad, ++cipher->n_blocks);
          encrypt_block (cipher, cipher->pad);
          cipher->n_used = 0;
        }
      bytes[i] ^= cipher->pad[cipher->n_used++];
    }
}

static CotUnpackStatus
begin_traditionally (CotZipCipher *cipher, const uint8_t *pass_phrase, size_t pass_phrase_bytes,
                     uint8_t *front)
{
  cipher->keys[0] = KEY_0;
  cipher->keys[1] = KEY_1;
  cipher->keys[2] = KEY_2;
  for (size_t i = 0; i < pass_phrase_bytes; i++)
    update_keys (get_crc_table (), cipher->keys, pass_phrase[i]);
  decrypt_traditionally (cipher, front, TRADITIONAL_BYTES);
  return front[TRADITIONAL_BYTES - 1] == cipher->lock.check ? COT_UNPACK_OK
                                                            : COT_UNPACK_WRONG_PASS_PHRASE;
}

static CotUnpackStatus
begin_aes (CotZipCipher *cipher, const uint8_t *pass_phrase, size_t pass_phrase_bytes,
           const uint8_t *front)
{
  uint8_t derived[2 * MAX_KEY_BYTES + VERIFIER_BYTES];
  size_t key_bytes = get_key_bytes (&cipher->lock);
  size_t salt_bytes = get_salt_bytes (&cipher->lock);
  bool is_right;

  pbkdf2_hmac_sha1 (pass_phrase_bytes, pass_phrase, N_ROUNDS, salt_bytes, front,
                    2 * key_bytes + VERIFIER_BYTES, derived);
  switch (cipher->lock.strength)
    {
    case 1:
      aes128_set_encrypt_key (&cipher->aes.aes128, derived);
      break;
    case 2:
      aes192_set_encrypt_key (&cipher->aes.aes192, derived);
      break;
    default:
      aes256_set_encrypt_key (&cipher->aes.aes256, derived);
    }
  hmac_sha1_set_key (&cipher->hmac, key_bytes, derived + key_bytes);
  cipher->n_used = AES_BLOCK_SIZE;
  is_right = memeql_sec (derived + 2 * key_bytes, front + salt_bytes, VERIFIER_BYTES) != 0;
  explicit_bzero (derived, sizeof derived);
  return is_right ? COT_UNPACK_OK : COT_UNPACK_WRONG_PASS_PHRASE;
}

CotUnpackStatus
cot_zip_cipher_begin (CotZipCipher *cipher, const CotZipLock *lock, const uint8_t *pass_phrase,
                      size_t pass_phrase_bytes, bool is_cut, CotStream *stream)
{
  uint8_t front[MAX_SALT_BYTES + VERIFIER_BYTES];
  uint32_t front_bytes = cot_zip_lock_get_front_bytes (lock);
  uint32_t lock_bytes = is_cut ? front_bytes : cot_zip_lock_get_bytes (lock);

  memset (cipher, 0, sizeof *cipher);
  cipher->lock = *lock;
  if (stream->packed_bytes < lock_bytes
      || !cot_input_read (stream->input, stream->offset, front, front_bytes))
    return COT_UNPACK_CUT;
  stream->offset += front_bytes;
  stream->packed_bytes -= lock_bytes;
  stream->decrypt_data = cipher;
  if (lock->kind == COT_ZIP_AES)
    {
      stream->decrypt = decrypt_aes;
      return begin_aes (cipher, pass_phrase, pass_phrase_bytes, front);
    }
  stream->decrypt = decrypt_traditionally;
  return begin_traditionally (cipher, pass_phrase, pass_phrase_bytes, front);
}

bool
cot_zip_cipher_is_true (CotZipCipher *cipher, CotStream *stream)
{
  uint8_t expected[CODE_BYTES];
  uint8_t code[CODE_BYTES];

  if (cipher->lock.kind != COT_ZIP_AES)
    return true;
  if (!cot_stream_drain (stream)
      || !cot_input_read (stream->input, stream->offset + stream->packed_bytes, code, sizeof code))
    return false;
  hmac_sha1_digest (&cipher->hmac, sizeof expected, expected);
  return memeql_sec (code, expected, sizeof code) != 0;
}

void
cot_zip_cipher_wipe (CotZipCipher *cipher)
{
  explicit_bzero (cipher, sizeof *cipher);
}
