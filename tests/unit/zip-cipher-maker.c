/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zip-cipher-maker.h"

#include <nettle/aes.h>
#include <nettle/hmac.h>
#include <nettle/pbkdf2.h>
#include <string.h>
#include <zlib.h>

#define DOS_TIME_HIGH_BYTE (guint8) ((9 << 11 | 12 << 5 | 40 / 2) >> 8) /* as the maker's */

static void
stir (guint32 keys[3], guint8 byte)
{
  const z_crc_t *table = get_crc_table ();

  keys[0] = (guint32) table[(keys[0] ^ byte) & 0xff] ^ (keys[0] >> 8);
  keys[1] += keys[0] & 0xff;
  keys[1] = keys[1] * 134775813 + 1;
  keys[2] = (guint32) table[(keys[2] ^ (keys[1] >> 24)) & 0xff] ^ (keys[2] >> 8);
}

static GByteArray *
encrypt_traditionally (const GByteArray *packed, const char *pass_phrase, guint8 check)
{
  guint32 keys[3] = { 305419896, 591751049, 878082192 };
  guint8 front[12] = "Contoso 123";
  GByteArray *secret = g_byte_array_new ();

  front[11] = check;
  g_byte_array_append (secret, front, sizeof front);
  g_byte_array_append (secret, packed->data, packed->len);
  for (const char *p = pass_phrase; *p != '\0'; p++)
    stir (keys, (guint8) *p);
  for (guint i = 0; i < secret->len; i++)
    {
      guint16 mixed = (guint16) (keys[2] | 2);
      guint8 clear = secret->data[i];

      secret->data[i] ^= (guint8) ((mixed * (guint32) (mixed ^ 1)) >> 8);
      stir (keys, clear);
    }
  return secret;
}

static void
make_pad (guint strength, const guint8 *key, guint64 number, guint8 pad[16])
{
  struct aes128_ctx aes128;
  struct aes192_ctx aes192;
  struct aes256_ctx aes256;
  guint8 counter[16] = { 0 };

  for (guint i = 0; i < 8; i++)
    counter[i] = (guint8) (number >> (8 * i));
  if (strength == 1)
    {
      aes128_set_encrypt_key (&aes128, key);
      aes128_encrypt (&aes128, 16, pad, counter);
    }
  else if (strength == 2)
    {
      aes192_set_encrypt_key (&aes192, key);
      aes192_encrypt (&aes192, 16, pad, counter);
    }
  else
    {
      aes256_set_encrypt_key (&aes256, key);
      aes256_encrypt (&aes256, 16, pad, counter);
    }
}

static GByteArray *
encrypt_aes (const GByteArray *packed, const char *pass_phrase, guint strength)
{
  gsize key_bytes = 8 + 8 * strength;
  gsize salt_bytes = key_bytes / 2;
  const guint8 salt[16] = "Fabrikam's salt";
  guint8 derived[66];
  guint8 code[10];
  GByteArray *secret = g_byte_array_new ();
  struct hmac_sha1_ctx hmac;

  pbkdf2_hmac_sha1 (strlen (pass_phrase), (const guint8 *) pass_phrase, 1000, salt_bytes, salt,
                    2 * key_bytes + 2, derived);
  g_byte_array_append (secret, salt, (guint) salt_bytes);
  g_byte_array_append (secret, derived + 2 * key_bytes, 2);
  for (guint i = 0; i < packed->len; i++)
    {
      guint8 pad[16];
      guint8 byte;

      make_pad (strength, derived, i / 16 + 1, pad);
      byte = packed->data[i] ^ pad[i % 16];
      g_byte_array_append (secret, &byte, 1);
    }
  hmac_sha1_set_key (&hmac, key_bytes, derived + key_bytes);
  hmac_sha1_update (&hmac, packed->len, secret->data + salt_bytes + 2);
  hmac_sha1_digest (&hmac, sizeof code, code);
  g_byte_array_append (secret, code, sizeof code);
  return secret;
}

void
zip_maker_add_secret (ZipMaker *maker, const ZipSecret *secret)
{
  gsize n = secret->text_bytes > 0 ? secret->text_bytes : strlen (secret->text);
  guint32 checksum = (guint32) crc32 (0, (const guint8 *) secret->text, (uInt) n);
  guint8 extra[11] = { 0x01, 0x99, 7, 0, secret->with_checksum ? 1 : 2, 0, 'A', 'E',
                       (guint8) secret->strength, (guint8) secret->method, 0 };
  ZipEntry entry = { .name = secret->name, .data = secret->text, .size_bytes = n,
                     .method = secret->method, .flags = 1,
                     .with_descriptor = secret->with_descriptor };
  g_autoptr (GByteArray) packed = NULL;
  g_autoptr (GByteArray) hidden = NULL;

  if (secret->method == 8)
    packed = zip_maker_deflate (secret->text, n);
  else
    packed = g_byte_array_append (g_byte_array_new (), (const guint8 *) secret->text, (guint) n);
  if (secret->strength == ZIP_CIPHER_TRADITIONAL)
    hidden = encrypt_traditionally (packed, secret->pass_phrase,
                                    secret->with_descriptor ? DOS_TIME_HIGH_BYTE
                                                            : (guint8) (checksum >> 24));
  else
    {
      hidden = encrypt_aes (packed, secret->pass_phrase, secret->strength);
      entry.method = 99;
      entry.extra = extra;
      entry.extra_bytes = sizeof extra;
      entry.with_local_extra = TRUE;
      if (!secret->with_checksum)
        entry.checksum_fault = 0u - checksum;
    }
  if (secret->damage != 0)
    hidden->data[secret->damage > 0 ? (guint) secret->damage
                                    : hidden->len - (guint) -secret->damage] ^= 0x55;
  entry.packed = hidden->data;
  entry.packed_bytes = hidden->len;
  zip_maker_add (maker, &entry);
}
