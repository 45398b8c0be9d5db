/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* One thing that Intune asked a device to collect. */
typedef struct
{
  char *kind;           /* "RegistryKey", "Command", "Events", "FoldersFiles", as written */
  char *target;         /* "HKLM\SOFTWARE\Contoso": what was asked for; secrets in it are stars */
  gboolean has_hresult; /* else it is a setting and nothing that was collected */
  guint32 hresult;      /* 0: it went well. Not 0 proves nothing where the file is there */
} CotResultsItem;

/**
 * CotResults:
 *
 * What results.xml of Intune's "Collect diagnostics" says. The address that the device uploaded to
 * is not in it. Free with cot_results_free().
 */
typedef struct
{
  char *id; /* (nullable) of the request */
  gboolean has_hresult;
  guint32 hresult;      /* of the whole collection */
  gboolean has_address; /* there is one, and it was left out */
  gboolean is_whole;    /* FALSE: it breaks off, or is no XML from some point on */
  GPtrArray *items;     /* CotResultsItem, in the order of the file */
} CotResults;

/* Whether a file with that beginning (UTF-8) is one. */
gboolean cot_results_claims (const char *head, gsize length_bytes);
/* Any bytes in any encoding; never NULL. */
CotResults *cot_results_parse (const char *bytes, gsize length_bytes);
void cot_results_free (CotResults *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotResults, cot_results_free)

G_END_DECLS
