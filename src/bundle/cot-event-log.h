/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cot-source.h"
#include "cot-spool.h"

G_BEGIN_DECLS

/* Windows event logs (*.evtx), which the worker turns into rows. */

gboolean cot_event_log_is_one (const void *head, gsize length_bytes);
/* Blocking: for worker threads. */
gboolean cot_event_log_convert (CotSource *from, CotSpool *into, GCancellable *cancellable,
                                GError **error);

G_END_DECLS
