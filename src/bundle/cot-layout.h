/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* Who made a bundle, told by the names of its members. */
typedef enum
{
  COT_LAYOUT_GENERIC,         /* nobody that is known here */
  COT_LAYOUT_INTUNE,          /* "Collect diagnostics": "(4) RegistryKey ... export.reg" */
  COT_LAYOUT_INTUNE_NUMBERED, /* the same before 2022: folders 1, 2, 3 beside results.xml */
  COT_LAYOUT_MDM_DIAGNOSTICS, /* MdmDiagnosticsTool */
  COT_LAYOUT_CLIENT_LOGS,     /* "Collect Client Logs": what stands in CCM\Logs */
  COT_LAYOUT_SUPPORT_CENTER,
  COT_LAYOUT_ONE_DATA_COLLECTOR,
  COT_LAYOUT_COLLECT_ALL_LOGS,
  COT_LAYOUT_SITE_SERVER,     /* the log folder of a site system */
  COT_LAYOUT_CLIENT_AND_SERVER, /* logs of both, in one folder */
  COT_LAYOUT_SEVERAL_DEVICES, /* folders or archives, each of another computer */
} CotLayout;

#define COT_N_LAYOUTS 11

/* What whoever reads the bundle, or hands it on, should know of it. */
typedef enum
{
  COT_LAYOUT_NOTE_PLACEHOLDERS = 1 << 0,  /* some things could not be collected */
  COT_LAYOUT_NOTE_UPLOAD_TOKEN = 1 << 1,  /* results.xml may hold the address of an upload */
  COT_LAYOUT_NOTE_HARDWARE_HASH = 1 << 2, /* of Autopilot: names one machine for good */
  COT_LAYOUT_NOTE_DUMPS = 1 << 3,         /* memory of programs */
  COT_LAYOUT_NOTE_DOUBTFUL_ARCHIVE = 1 << 4, /* it may be another computer's */
} CotLayoutNotes;

/* "generic", "intune", "intune-numbered", "mdm-diagnostics", "client-logs", "support-center",
 * "one-data-collector", "collect-all-logs", "site-server", "client-and-server",
 * "several-devices" */
const char *cot_layout_to_string (CotLayout layout);

/**
 * CotLayoutGuess:
 * @layout: who made it
 * @notes: what is in it that one should know of
 * @devices: (element-type utf8): the computers that it is of; empty where the names say none
 * @device_of: (nullable): for each label its computer, or %NULL; only with several devices
 *
 * What the names of a bundle's members say of the whole.
 */
typedef struct
{
  CotLayout layout;
  CotLayoutNotes notes;
  GPtrArray *devices;
  const char **device_of;
} CotLayoutGuess;

CotLayoutGuess *cot_layout_guess (const char *bundle_name, const char *const *labels,
                                  guint n_labels);
void cot_layout_guess_free (CotLayoutGuess *guess);

/* What the collector of Intune was told to collect. */
typedef enum
{
  COT_DIRECTIVE_UNKNOWN,
  COT_DIRECTIVE_REGISTRY_KEY,
  COT_DIRECTIVE_COMMAND,
  COT_DIRECTIVE_EVENTS,
  COT_DIRECTIVE_FILES,
} CotDirective;

/* "(9) No Results - Error [0x80070002] RegistryKey HKLM_...": what was not collected, and the code
 * that says why. FALSE where the label is no such thing. @name is (transfer full). */
gboolean cot_layout_parse_placeholder (const char *label, CotDirective *directive, char **name,
                                       guint32 *code);

/* "(4) RegistryKey HKLM_... export.reg", or "4/export.reg" in the older layout: the number that the
 * collector of Intune gave to what it was told to collect, and of which kind the label says that it
 * is; COT_DIRECTIVE_UNKNOWN where it says none. FALSE where there is no number. @label begins where
 * results.xml stands. */
gboolean cot_layout_parse_number (const char *label, guint *number, CotDirective *directive);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotLayoutGuess, cot_layout_guess_free)

G_END_DECLS
