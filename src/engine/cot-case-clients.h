/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-correlate.h"

G_BEGIN_DECLS

/* By what the computers of a case are known in the lines of their servers: by their names, and by
 * the ids that their own logs tell. Any thread. */
typedef struct _CotCaseClients CotCaseClients;

/* @devices: of each log, or NULL; the same computer is the same pointer. @is_server: of each. */
CotCaseClients *cot_case_clients_new (const CotCaseLog *logs, const char *const *devices,
                                      const gboolean *is_server, guint n_logs);
void cot_case_clients_free (CotCaseClients *self);
/* Without the lines that name another one of the computers, and not this one. (transfer full) */
CotHits *cot_case_clients_filter (CotCaseClients *self, CotHits *hits, const char *device);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotCaseClients, cot_case_clients_free)

G_END_DECLS
