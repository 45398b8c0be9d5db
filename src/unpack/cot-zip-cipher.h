/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-stream.h"

#include <nettle/aes.h>
#include <nettle/hmac.h>

/* How an entry is encrypted. */
typedef enum
{
  COT_ZIP_NOT_ENCRYPTED,
  COT_ZIP_TRADITIONAL, /* of PKWARE, called ZipCrypto */
  COT_ZIP_AES,         /* of WinZip, AE-1 and AE-2 */
  COT_ZIP_OTHER_CIPHER,
} CotZipCipherKind;

typedef struct
{
  uint8_t kind;      /* CotZipCipherKind */
  uint8_t strength;  /* AES: 1, 2, 3 for 128, 192, 256 bits */
  uint8_t check;     /* traditional: what the last byte in front of the data is */
  bool has_checksum; /* false in AE-2, where the code at the end stands for it */
} CotZipLock;

/* What is in front of the data, and all that is not data; 0 where nothing is encrypted. */
uint32_t cot_zip_lock_get_front_bytes (const CotZipLock *lock);
uint32_t cot_zip_lock_get_bytes (const CotZipLock *lock);

typedef struct
{
  CotZipLock lock;

  uint32_t keys[3]; /* traditional */

  union
  {
    struct aes128_ctx aes128;
    struct aes192_ctx aes192;
    struct aes256_ctx aes256;
  } aes;
  struct hmac_sha1_ctx hmac;
  uint64_t n_blocks;
  uint8_t pad[AES_BLOCK_SIZE]; /* of the last block, */
  size_t n_used;               /* of which so much was used */
} CotZipCipher;

/* Reads what stands in front of the data, moves @stream on to the data, and has it decrypted.
 * WRONG_PASS_PHRASE: it is certainly not this one. CUT: it is not all there. */
CotUnpackStatus cot_zip_cipher_begin (CotZipCipher *cipher, const CotZipLock *lock,
                                      const uint8_t *pass_phrase, size_t pass_phrase_bytes,
                                      bool is_cut, CotStream *stream);
/* Whether the data is what was encrypted, as far as the cipher itself can tell. */
bool cot_zip_cipher_is_true (CotZipCipher *cipher, CotStream *stream);
void cot_zip_cipher_wipe (CotZipCipher *cipher);
