/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bundle.h"
#include "cot-results-xml.h"

G_BEGIN_DECLS

/* One thing that Intune asked a device to collect, and how it went. */
typedef struct
{
  CotDirective directive;
  char *target;       /* "HKLM\SOFTWARE\Contoso", as results.xml writes it; secrets are stars */
  guint32 hresult;    /* what the device says of it: a hint, for it errs where the file is there */
  gboolean came;      /* a member holds it, or says why there is none */
  gboolean is_empty;  /* no such member has a byte */
  const char *device; /* (nullable): the bundle's */
} CotCollectedItem;

/**
 * CotCollection:
 *
 * What the device says about the collecting of a bundle's members, from each results.xml that
 * stands beside numbered folders or files. Immutable once it is made; any thread. The address of
 * the upload is not in it.
 */
typedef struct
{
  GPtrArray *items;       /* (element-type CotCollectedItem) */
  GPtrArray *absent;      /* (element-type CotCollectedItem): of those, what left no trace */
  GHashTable *of_members; /* member index + 1 -> CotCollectedItem with an error */
} CotCollection;

CotCollection *cot_collection_new (void);
void cot_collection_free (CotCollection *self);
/* @root: the folder of results.xml with its '/', or "". Items are told by their number. */
void cot_collection_add (CotCollection *self, const CotResults *results,
                         const CotMember *const *members, guint n_members, const char *root);
/* Blocking: reads each results.xml of the bundle. NULL: there is none, or it was cancelled. */
CotCollection *cot_collection_read (CotBundle *bundle, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotCollection, cot_collection_free)

G_END_DECLS
