/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What nobody outside needs to know: names of people, computers and organisations, and secrets. A
 * mask learns them from texts and puts stand-ins in their place, the same for the same value.
 * Codes, times, file names, and the ids of policies and deployments stay: without them a report
 * says nothing, and they name nobody. */
typedef struct _CotMask CotMask;

/* What is longer is no value. */
#define COT_MASK_MAX_VALUE_BYTES 8192

typedef enum
{
  COT_MASK_USER,
  COT_MASK_DEVICE,
  COT_MASK_DOMAIN,
  COT_MASK_TENANT,
  COT_MASK_SERIAL,
  COT_MASK_SECRET,  /* pass words, tokens, keys */
  COT_MASK_ADDRESS, /* of the network */
  COT_MASK_SID,
  COT_MASK_BUNDLE, /* what somebody called a folder or an archive */
  COT_MASK_WORD,   /* what somebody asked for */
} CotMaskKind;

#define COT_N_MASK_KINDS 10

typedef struct
{
  CotMaskKind kind;
  char *value;    /* as it was written where it was learnt */
  char *stand_in; /* "user-1" */
  guint count;    /* how often it is masked in the texts that were counted; 0: it stands only
                   * inside of others that are */
  gboolean enabled;
} CotMaskItem;

/* First learn, then count, then apply: of one text after the other. One thread at a time. */
CotMask *cot_mask_new (void);
CotMask *cot_mask_ref (CotMask *self);
void cot_mask_unref (CotMask *self);

void cot_mask_add (CotMask *self, CotMaskKind kind, const char *value);
/* The name of a bundle, which may be any word: masked only where a text is just that. */
void cot_mask_add_title (CotMask *self, const char *title);
/* By what it looks like, and by the words before it: "TenantId : ...", "C:\Users\...". */
void cot_mask_learn (CotMask *self, const char *text, gsize length_bytes);
/* By the names of folders and archives in it, the last part of @path being a file's unless
 * @is_folder: "LT-ANNA/CCM/Logs/x.log". */
void cot_mask_learn_path (CotMask *self, const char *path, gboolean is_folder);
/* By what stands around @known in the name of a file: "LT-ANNA_ccmsetup.log". */
void cot_mask_learn_file (CotMask *self, const char *name, const char *known);
/* By the words beside a name that is known: "Maria Schmidt". */
void cot_mask_learn_names (CotMask *self, const char *text);
/* Also inside of longer words. FALSE: it is too short, or too long. All texts must be counted
 * again. */
gboolean cot_mask_add_word (CotMask *self, const char *word);
void cot_mask_forget_counts (CotMask *self);
/* @n_inside (nullable): of a word that was asked for, how often it stands inside of others. */
guint cot_mask_get_count (CotMask *self, const char *value, guint *n_inside);
/* Where to cut a text that is too long, so that what is left has no half of a word or a value. */
gsize cot_mask_find_cut (CotMask *self, const char *text, gsize limit_bytes);
/* Stand-ins are numbered in the order in which values are met. */
void cot_mask_count (CotMask *self, const char *text);

/* What was met, in that order. */
guint cot_mask_get_n_items (CotMask *self);
const CotMaskItem *cot_mask_get_item (CotMask *self, guint index);
void cot_mask_set_enabled (CotMask *self, guint index, gboolean enabled);

/* Calls @function for each piece of a text: as it is (@item NULL), or the stand-in of @item. */
typedef void (*CotMaskFunc) (const char *piece,
                             gsize length_bytes,
                             const CotMaskItem *item,
                             gpointer data);
void cot_mask_apply (CotMask *self, const char *text, CotMaskFunc function, gpointer data);
char *cot_mask_dup_masked (CotMask *self, const char *text);

/* "user", "device", "domain", "tenant", "serial", "secret", "address", "sid", "bundle",
 * "word" */
const char *cot_mask_kind_to_string (CotMaskKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotMask, cot_mask_unref)

G_END_DECLS
