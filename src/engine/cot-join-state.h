/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-case.h"
#include "cot-dsreg.h"

G_BEGIN_DECLS

/* The log with the output of dsregcmd /status that belongs to the one in front, which may be %NULL;
 * (transfer none), (nullable). Cheap; a log whose format is not known yet is none. */
CotLog *cot_case_find_join_log (CotCase *self, CotLog *front);
/* The computer that a log of the case comes from; (transfer none), (nullable): not known. */
const char *cot_case_get_log_device (CotCase *self, CotLog *log);

/* What such a log says of the device, read on a worker. */
void cot_log_load_join_state_async (CotLog *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
CotDsregState *cot_log_load_join_state_finish (CotLog *self, GAsyncResult *result, GError **error);

G_END_DECLS
