/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What cotrace-unpack and its parent say to each other. The worker links nothing that it does not
 * need, so this file knows the C library only.
 *
 * Every message is a frame: type and payload length, 32 bits each, then the payload; all numbers
 * little-endian. The parent asks one thing at a time:
 *
 *   worker                       parent
 *   HELLO (locked in)
 *                                LIST
 *   ENTRY ... ENTRY LISTED
 *                                READ index
 *   DATA ... DATA END            and so on, until the parent closes its pipe
 *
 * Data need not go through the pipe: what stands in the memory that both share is told of by
 * SHARED. The parent copies it before it looks at it, and the worker leaves it alone until the next
 * question; one that does not only spoils its own data.
 *
 * For encrypted entries it sends a PASS_PHRASE any time after LISTED; nothing is answered.
 *
 * An event log is no archive: of it the parent asks CONVERT instead of all that.
 */

#define COT_UNPACK_MAGIC 0x32746f43u /* "Cot2"; changes with the protocol */

/* The worker's descriptors */
#define COT_UNPACK_FD_REQUESTS 0
#define COT_UNPACK_FD_REPLIES 1
#define COT_UNPACK_FD_ARCHIVE 3
#define COT_UNPACK_FD_SHARED 4 /* memory of COT_UNPACK_MAX_SHARED_BYTES; there may be none */

/* How the worker ends when it refuses to begin */
#define COT_UNPACK_EXIT_NOT_LOCKED 70
#define COT_UNPACK_EXIT_PROTOCOL 71
#define COT_UNPACK_EXIT_MEMORY 72

#define COT_UNPACK_HEADER_BYTES 8
#define COT_UNPACK_MAX_NAME_BYTES 4096
/* CP437 grows to at most three bytes a character. */
#define COT_UNPACK_MAX_LABEL_BYTES (3 * COT_UNPACK_MAX_NAME_BYTES)
#define COT_UNPACK_ENTRY_BYTES 40
#define COT_UNPACK_MAX_DATA_BYTES (64 * 1024)
#define COT_UNPACK_MAX_SHARED_BYTES (32u * 1024 * 1024)
#define COT_UNPACK_MAX_PAYLOAD_BYTES COT_UNPACK_MAX_DATA_BYTES
#define COT_UNPACK_MAX_PASS_PHRASE_BYTES 1024
#define COT_UNPACK_MAX_REQUEST_BYTES COT_UNPACK_MAX_PASS_PHRASE_BYTES

/* The budgets of one archive; both sides hold them. A test build makes them smaller. */
#ifndef COT_UNPACK_MAX_ENTRIES
#define COT_UNPACK_MAX_ENTRIES 200000u
#endif
#ifndef COT_UNPACK_MAX_LABELS_BYTES
#define COT_UNPACK_MAX_LABELS_BYTES (64u * 1024 * 1024)
#endif
#ifndef COT_UNPACK_MAX_MEMBER_BYTES
#define COT_UNPACK_MAX_MEMBER_BYTES (UINT64_C (2) << 30)
#endif
#ifndef COT_UNPACK_MAX_TOTAL_BYTES
#define COT_UNPACK_MAX_TOTAL_BYTES (UINT64_C (4) << 30)
#endif

/* What an archive gives may be so many times its size, once it has given enough to be looked at. */
#define COT_UNPACK_MAX_RATIO 200u
#define COT_UNPACK_RATIO_FREE_BYTES (UINT64_C (64) << 20)

/* How large the rows of an event log of so many bytes may be: templates make them grow. */
#define COT_UNPACK_MAX_ROWS_RATIO 64u

typedef enum
{
  COT_UNPACK_HELLO = 1, /* magic */
  COT_UNPACK_LIST, /* nothing */
  COT_UNPACK_ENTRY, /* CotUnpackEntry */
  COT_UNPACK_LISTED, /* status, number of entries */
  COT_UNPACK_READ, /* index */
  COT_UNPACK_DATA, /* bytes, at least one */
  COT_UNPACK_END, /* status, detail */
  COT_UNPACK_CONVERT, /* nothing: the archive is an event log, and its rows come as DATA and END */
  COT_UNPACK_PASS_PHRASE, /* its bytes, at least one */
  COT_UNPACK_SHARED, /* number of bytes, at least one: they are the first of the shared memory */
} CotUnpackType;

typedef enum
{
  COT_UNPACK_OK,
  COT_UNPACK_NOT_AN_ARCHIVE,
  COT_UNPACK_SPLIT, /* one part of several */
  COT_UNPACK_CUT, /* the end is missing */
  COT_UNPACK_BROKEN, /* the structure or the data make no sense */
  COT_UNPACK_OVERLAP, /* shares bytes with another entry */
  COT_UNPACK_ENCRYPTED, /* and no pass phrase is known */
  COT_UNPACK_METHOD, /* detail: the method's number */
  COT_UNPACK_LINK,
  COT_UNPACK_WRONG_SIZE, /* the declared size is not true */
  COT_UNPACK_WRONG_CHECKSUM,
  COT_UNPACK_IMPOSSIBLE_RATIO, /* no data of that method can grow so much */
  COT_UNPACK_BUNDLE_RATIO, /* all that was unpacked, against the archive */
  COT_UNPACK_MEMBER_LIMIT,
  COT_UNPACK_TOTAL_LIMIT,
  COT_UNPACK_ENTRIES_LIMIT,
  COT_UNPACK_DIRECTORY_LIMIT,
  COT_UNPACK_NAME_LIMIT,
  COT_UNPACK_READ_FAILED,
  COT_UNPACK_NO_MEMORY,
  COT_UNPACK_CIPHER, /* encrypted in a way that no pass phrase helps with */
  COT_UNPACK_WRONG_PASS_PHRASE,
  COT_UNPACK_N_STATUSES,
} CotUnpackStatus;

#define COT_UNPACK_TIME_NONE INT64_MIN

typedef enum
{
  COT_UNPACK_TIME_IS_UTC = 1 << 0,
  COT_UNPACK_ALL_FLAGS = COT_UNPACK_TIME_IS_UTC,
} CotUnpackFlags;

typedef struct
{
  uint32_t type;
  uint32_t length_bytes;
} CotUnpackHeader;

typedef struct
{
  uint32_t index;
  uint32_t flags;
  uint32_t status; /* not OK: it will not be unpacked, or not whole */
  uint32_t detail;
  uint64_t size_bytes; /* as declared */
  uint64_t packed_bytes;
  int64_t modified_usec; /* COT_UNPACK_TIME_NONE */
  const char *label; /* UTF-8 without NUL; not NUL-terminated */
  uint32_t label_bytes;
} CotUnpackEntry;

/* A payload of two numbers: LISTED, END */
typedef struct
{
  uint32_t status;
  uint32_t value;
} CotUnpackPair;

/* The limit of both sides for the rows of a log of that size. */
static inline uint64_t
cot_unpack_get_max_rows_bytes (uint64_t size_bytes)
{
  if (size_bytes >= COT_UNPACK_MAX_MEMBER_BYTES / COT_UNPACK_MAX_ROWS_RATIO)
    return COT_UNPACK_MAX_MEMBER_BYTES;
  return size_bytes * COT_UNPACK_MAX_ROWS_RATIO;
}

void cot_unpack_put_u32 (uint8_t *at, uint32_t value);
void cot_unpack_put_u64 (uint8_t *at, uint64_t value);
uint32_t cot_unpack_get_u32 (const uint8_t *at);
uint64_t cot_unpack_get_u64 (const uint8_t *at);

void cot_unpack_write_header (uint8_t into[COT_UNPACK_HEADER_BYTES], uint32_t type,
                              uint32_t length_bytes);
/* False where the type is unknown, or the length is none that the type can have. */
bool cot_unpack_read_header (const uint8_t from[COT_UNPACK_HEADER_BYTES], CotUnpackHeader *header);
/* The numbers only; the label's bytes follow them. */
void cot_unpack_write_entry (uint8_t into[COT_UNPACK_ENTRY_BYTES], const CotUnpackEntry *entry);
bool cot_unpack_read_entry (const uint8_t *payload, size_t length_bytes, CotUnpackEntry *entry);
bool cot_unpack_read_pair (const uint8_t *payload, size_t length_bytes, CotUnpackPair *pair);
