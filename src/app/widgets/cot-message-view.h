/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A whole message in monospace, wrapped or not. It is broken into chunks, since one layout costs
 * more than its text when that is long. Codes are underlined; a click tells what one means.
 * A click on an identifier leads to all its entries. */
#define COT_TYPE_MESSAGE_VIEW (cot_message_view_get_type ())
G_DECLARE_FINAL_TYPE (CotMessageView, cot_message_view, COT, MESSAGE_VIEW, GtkWidget)

GtkWidget *cot_message_view_new (void);
/* @message: valid UTF-8; @codes: (nullable) (element-type CotCode) and @ids: (nullable)
 * (element-type CotMessageId) what of it can be clicked, in order. */
void cot_message_view_set_message (CotMessageView *self, const char *message, GPtrArray *codes,
                                   GArray *ids);
/* More of the message, which is all shown so far; lines end with it. */
void cot_message_view_append (CotMessageView *self, const char *text);
/* Lines that are too long are broken; else one scrolls to their end. */
void cot_message_view_set_wrap (CotMessageView *self, gboolean wrap);

/* A popover that says what the code means; it goes when it is closed. */
void cot_code_popover_show (GtkWidget *parent, const GdkRectangle *place, const CotCode *code);

G_END_DECLS
