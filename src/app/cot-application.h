/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <adwaita.h>

#include "cot-session-keeper.h"

G_BEGIN_DECLS

#define COT_TYPE_APPLICATION (cot_application_get_type ())
G_DECLARE_FINAL_TYPE (CotApplication, cot_application, COT, APPLICATION, AdwApplication)

/* What a command line that came too late gets: the process that it was sent to is ending. */
#define COT_APPLICATION_EXIT_ENDING 75

CotApplication *cot_application_new (void);
/* One session for all windows. (transfer none) */
CotSession *cot_application_get_session (CotApplication *self);
/* What is kept of it for a later start. (transfer none) */
CotSessionKeeper *cot_application_get_session_keeper (CotApplication *self);

G_END_DECLS
