/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-mask.h"

G_BEGIN_DECLS

/*
 *   cot-mask.c        the values, and stand-ins in their place
 *   cot-mask-view.c   texts without the ways in which programs wrap them: %41, &#65;, \u0041
 *   cot-mask-learn.c  values by what they look like
 *   cot-mask-keys.c   values by the words before them
 *   cot-mask-commands.c  values by where they stand in a command line
 *   cot-mask-path.c   values by the names of folders
 *   cot-mask-names.c  what a name is worth: which are everybody's
 */

/* A text that was unwrapped, and where each of its bytes comes from. */
typedef struct
{
  char *text;
  guint32 *starts; /* one more than there are bytes */
  gsize n;
} CotMaskView;

/* What is wrapped twice is unwrapped twice, and a pass word that itself looks wrapped, as "%%3315"
 * does, up to three times more. */
#define COT_MASK_VIEW_ROUNDS 5

void cot_mask_view_init (CotMaskView *self, const char *text, gsize length_bytes);
/* In lower case, too, unwrapped at most @n_rounds times. FALSE: no more than with one round less.
 */
gboolean
cot_mask_view_init_folded (CotMaskView *self, const char *text, gsize length_bytes, guint n_rounds);
void cot_mask_view_clear (CotMaskView *self);

/* Values as they stand in a text; each decides for itself whether it is one. */
void cot_mask_add_user (CotMask *self, const char *name, gsize length_bytes);
void cot_mask_add_device (CotMask *self, const char *name, gsize length_bytes);
void cot_mask_add_domain (CotMask *self, const char *name, gsize length_bytes);
/* Of an address: "cm01.contoso.com" is a device and a domain. */
void cot_mask_add_host (CotMask *self, const char *name, gsize length_bytes);
void cot_mask_add_secret (CotMask *self, const char *value, gsize length_bytes);
/* @bare: also where nothing around it says what it is. */
void cot_mask_add_value (CotMask *self,
                         CotMaskKind kind,
                         const char *value,
                         gsize length_bytes,
                         gboolean bare);
gboolean cot_mask_has (CotMask *self, CotMaskKind kind, const char *value, gsize length_bytes);

/* At @at a word begins: what follows it, if it is the name of something to be masked. */
void cot_mask_learn_key (CotMask *self, const char *text, gsize n, gsize at);
void cot_mask_learn_assignment (CotMask *self, const char *text, gsize n, gsize at);

/* cot-mask-commands.c: at @at a word begins, or the sign of an option stands. */
void cot_mask_learn_command (CotMask *self, const char *text, gsize n, gsize at);
void cot_mask_learn_option (CotMask *self, const char *text, gsize n, gsize at);
/* Letters with digits or marks, and neither a path nor a file: what a pass word looks like. */
gboolean cot_mask_is_odd (const char *text, gsize length_bytes);

/* cot-mask-names.c */
gboolean cot_mask_is_common (const char *word, gsize length_bytes);
gboolean cot_mask_is_account (const char *name, gsize length_bytes); /* of Windows itself */
gboolean cot_mask_is_root (const char *name, gsize length_bytes); /* of paths and of the registry */
gboolean cot_mask_is_public (const char *host, gsize length_bytes);
gboolean cot_mask_is_rented (const char *host, gsize length_bytes); /* "contoso.onmicrosoft.com" */
gboolean cot_mask_is_top_level (const char *label, gsize length_bytes);
gboolean cot_mask_is_guid (const char *text, gsize length_bytes);

/* Characters of names and of hosts. */
static inline gboolean
cot_mask_is_name (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80 || c == '.' || c == '_' || c == '-';
}

static inline gboolean
cot_mask_is_host (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '-';
}

G_END_DECLS
