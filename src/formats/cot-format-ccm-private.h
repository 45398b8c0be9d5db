/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* A span that was not there has no data. */
typedef struct
{
  CotSpan time;
  CotSpan date;
  CotSpan component;
  CotSpan context;
  CotSpan source; /* stands for the context in some writers' records */
  CotSpan type;
  CotSpan thread;
  CotSpan file;
} CotCcmAttributes;

typedef enum
{
  COT_CCM_ATTRIBUTES_CLOSED, /* @after is behind the ">" */
  COT_CCM_ATTRIBUTES_BROKEN, /* @after is at the line end that broke them off */
  COT_CCM_ATTRIBUTES_UNFINISHED, /* the data ends before that is known; @after is where the last
                                  * line that surely belongs to them ends, or the end */
} CotCcmAttributesEnd;

/* Reads from @from, behind the "<", up to @to at the most. @attributes may be NULL. */
CotCcmAttributesEnd cot_ccm_attributes_read (const char *data, gsize from, gsize to,
                                             CotCcmAttributes *attributes, gsize *after);

G_END_DECLS
