/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-cab.h"

#include <mspack.h>

#define COT_CAB_MAX_PARTS 100u
#define COT_CAB_BLOCK_BYTES 32768u

/* One cabinet of the input. */
typedef struct
{
  uint64_t offset;
  uint64_t length_bytes; /* what is there of it */
  bool is_cut;
  char name[8]; /* by which libmspack asks for it */
} CotCabPart;

typedef struct
{
  struct mscabd_file *file; /* of the cabinet that is open now, if one is */
  uint64_t offset; /* in its folder */
  uint64_t size_bytes;
  int64_t modified_usec;
  uint32_t ordinal; /* in the cabinet's own order */
  uint32_t folder; /* its number */
  uint32_t label_offset;
  uint32_t label_bytes;
  CotUnpackStatus status;
  uint64_t charged_bytes; /* so many of the total are its own */
} CotCabEntry;

struct _CotCab
{
  struct mspack_system system; /* first: libmspack hands it back to us */
  const CotInput *input;
  CotCabPart parts[COT_CAB_MAX_PARTS];
  uint32_t n_parts;
  uint32_t n_joined; /* of them, by the reader that did not salvage */
  struct mscab_decompressor *reader;
  struct mscabd_cabinet *cabinet; /* the first part, with all others joined to it */
  bool is_damaged; /* its list of entries */
  bool is_salvaging; /* whatever can be read is read */
  bool lacks_previous;
  bool lacks_next;

  CotCabEntry *entries;
  uint32_t n_entries;
  char *labels;
  size_t labels_bytes;
  uint32_t cut_folder; /* the end of its data is missing; none: n_folders */
  uint64_t *bad_from; /* of each folder: the offset from which its data may be wrong */
  uint32_t n_folders;
  uint64_t unpacked_bytes;
  CotUnpackStatus status; /* of the list */

  /* of the running extraction */
  CotSink sink;
  void *sink_data;
  uint64_t n_written; /* by libmspack */
  uint64_t n_skipped; /* of those: handed on by an earlier attempt */
  uint64_t max_bytes;
  uint64_t n_reads;
  bool said_checksum; /* of a block */
  bool hit_end; /* of a part that is cut */
};

/* cot-cab-system.c */
void cot_cab_init_system (CotCab *cab);
/* False: there is not even one. */
bool cot_cab_find_parts (CotCab *cab);

/* cot-cab-list.c */
void cot_cab_list (CotCab *cab);
/* After the cabinet was opened anew. False: it is not the one that was listed. */
bool cot_cab_find_files_again (CotCab *cab);

/* cot-cab.c */
/* Whether no data of the entry can be had, because its folder begins in a part that is not there.
 * Unpacks nothing. */
bool cot_cab_lacks_beginning (CotCab *cab, const CotCabEntry *entry);
