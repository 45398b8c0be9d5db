/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "synthetic-model.h"

#include <string.h>

struct _SyntheticModel
{
  GObject parent_instance;

  guint64 n_rows;
  guint64 n_asked;
  gboolean has_logs;
  gboolean loaded;
};

typedef struct
{
  CotSeverity severity;
  CotRowBadge badge;
  const char *message;
} Sample;

/* Invented lines in the manner of a client's log. */
static const Sample samples[] = {
  { COT_SEVERITY_INFO, COT_ROW_BADGE_NONE, "Running the task that looks for the default gateway" },
  { COT_SEVERITY_INFO, COT_ROW_BADGE_NONE,
    "The forest is fabrikam.example, the domain of this device is corp.fabrikam.example" },
  { COT_SEVERITY_INFO, COT_ROW_BADGE_NONE, "Asking the directory for gateways" },
  { COT_SEVERITY_INFO, COT_ROW_BADGE_NONE, "Nothing fitting was found in the directory" },
  { COT_SEVERITY_WARNING, COT_ROW_BADGE_NONE, "Requests for lists are held back for 00:03:20" },
  { COT_SEVERITY_INFO, COT_ROW_BADGE_NONE,
    "Keeping what is known about the signing of gateway lists for the next start" },
  { COT_SEVERITY_ERROR, COT_ROW_BADGE_FAILURE,
    "[HTTP] ERROR INFO: StatusCode=403 StatusText=CertificateWanted by the gateway of Contoso" },
  { COT_SEVERITY_ERROR, COT_ROW_BADGE_NONE,
    "[HTTP] ERROR: URL=https://gateway.contoso.example/PROXY/72057594037927939/LIST, Port=443" },
  { COT_SEVERITY_WARNING, COT_ROW_BADGE_FAILURE,
    "Failed to renew the signing certificate over HTTP with error 0x87d0027e." },
  { COT_SEVERITY_INFO, COT_ROW_BADGE_NONE,
    "No fallback point is set. A message with STATEID='500' will not be sent." },
  { COT_SEVERITY_WARNING, COT_ROW_BADGE_NONE,
    "1 gateway error in the last 10 minutes, threshold is 5." },
  { COT_SEVERITY_INFO, COT_ROW_BADGE_EXPECTED,
    "Gateway error ignored during the 20 seconds after a change of address, as it shall be" },
  { COT_SEVERITY_VERBOSE, COT_ROW_BADGE_NONE, "No change of the security settings was seen." },
  { COT_SEVERITY_SUCCESS, COT_ROW_BADGE_MILESTONE, "The device is enrolled with Fabrikam" },
  { COT_SEVERITY_INFO, COT_ROW_BADGE_MARK, "Reply↵with lines↵that were three" },
  { COT_SEVERITY_INFO, COT_ROW_BADGE_NONE, "Running the task that looks for locations" },
};

static const char *const components[] = { "LocationServices", "CcmMessaging",
                                          "ClientIDManagerStartup", "CoManagementHandler" };

static guint
mix (guint64 position)
{
  return (guint) ((position * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 40);
}

static const Sample *
get_sample (guint64 position)
{
  /* The first screen shows all of them; farther down errors are as rare as in life. */
  if (position < 2 * G_N_ELEMENTS (samples))
    return &samples[position % G_N_ELEMENTS (samples)];
  if (mix (position) % 16 != 0)
    return &samples[mix (position) % 4];
  return &samples[mix (position) / 16 % G_N_ELEMENTS (samples)];
}

static guint64
synthetic_model_get_n_rows (CotRowModel *model)
{
  return SYNTHETIC_MODEL (model)->n_rows;
}

static void
add_matches (CotRowText *out, guint64 position)
{
  static const char needle[] = "ateway error";
  const char *found = strstr (out->message, needle);

  if (found == NULL)
    return;
  out->n_matches = 1;
  out->matches[0].start_bytes = (guint16) (found - out->message);
  out->matches[0].end_bytes = (guint16) (out->matches[0].start_bytes + strlen (needle));
  out->current_match = position % G_N_ELEMENTS (samples) == 11 ? 0 : -1;
}

static gboolean
synthetic_model_get_row (CotRowModel *model, guint64 position, CotRowText *out)
{
  SyntheticModel *self = SYNTHETIC_MODEL (model);
  const Sample *sample = get_sample (position);
  guint64 msec = position * 137;

  self->n_asked++;
  if (!self->loaded || position >= self->n_rows)
    return FALSE;
  out->severity = sample->severity;
  out->badge = sample->badge;
  out->badge_severity = sample->severity;
  out->message = position < 2 * G_N_ELEMENTS (samples)
                   ? g_strdup (sample->message)
                   : g_strdup_printf ("%s (%" G_GUINT64_FORMAT ")", sample->message, position);
  out->component = g_strdup (components[position / 7 % G_N_ELEMENTS (components)]);
  out->time = g_strdup_printf ("2026-11-18 %02u:%02u:%02u.%03u",
                               (guint) (msec / 3600000 % 24), (guint) (msec / 60000 % 60),
                               (guint) (msec / 1000 % 60), (guint) (msec % 1000));
  out->thread = g_strdup_printf ("%u", 5000 + mix (position / 3) % 3000);
  out->origin = g_strdup_printf ("sample%u.cpp:%u", mix (position) % 9, mix (position) % 900);
  out->current_match = -1;
  if (self->has_logs)
    {
      out->log_stripe = 1 + position / 9 % 6;
      out->log = g_strdup (components[position / 9 % G_N_ELEMENTS (components)]);
      if (position == 21)
        {
          out->seam = TRUE;
          g_free (out->message);
          out->message = g_strdup ("Older part: CoManagementHandler.lo_ ends here. Gap 4 min 12 s");
        }
    }
  add_matches (out, position);
  return TRUE;
}

static gboolean
synthetic_model_has_logs (CotRowModel *model)
{
  return SYNTHETIC_MODEL (model)->has_logs;
}

static void
synthetic_model_get_ruler (CotRowModel *model, guint n_slots, guint8 *slots)
{
  for (guint i = 0; i < n_slots; i++)
    {
      guint dice = mix (i + 7);

      if (dice % 17 == 0)
        slots[i] |= COT_RULER_ERROR;
      if (dice % 13 == 0)
        slots[i] |= COT_RULER_WARNING;
      if (dice % 71 == 0)
        slots[i] |= COT_RULER_FINDING | COT_RULER_KNOWN_ERROR;
      if (dice % 67 == 0)
        slots[i] |= COT_RULER_FINDING | COT_RULER_KNOWN_WARNING;
      if (dice % 43 == 0)
        slots[i] |= COT_RULER_FINDING;
      if (dice % 29 == 0)
        slots[i] |= COT_RULER_MATCH;
      if (dice % 97 == 0)
        slots[i] |= COT_RULER_MARK;
    }
}

static gboolean
synthetic_model_find_noted (CotRowModel *model, guint64 first, guint64 n, guint64 *position)
{
  *position = first + n / 3;
  return TRUE;
}

static char *
synthetic_model_dup_time_tooltip (CotRowModel *model, guint64 position)
{
  return g_strdup ("UTC 2026-11-18 14:12:41.327 (bias +300)");
}

static void
row_model_iface_init (CotRowModelInterface *iface)
{
  iface->get_n_rows = synthetic_model_get_n_rows;
  iface->get_row = synthetic_model_get_row;
  iface->has_logs = synthetic_model_has_logs;
  iface->get_ruler = synthetic_model_get_ruler;
  iface->find_noted = synthetic_model_find_noted;
  iface->dup_time_tooltip = synthetic_model_dup_time_tooltip;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SyntheticModel, synthetic_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (COT_TYPE_ROW_MODEL, row_model_iface_init))

static void
synthetic_model_class_init (SyntheticModelClass *klass)
{
}

static void
synthetic_model_init (SyntheticModel *self)
{
  self->loaded = TRUE;
}

SyntheticModel *
synthetic_model_new (guint64 n_rows)
{
  SyntheticModel *self = g_object_new (SYNTHETIC_TYPE_MODEL, NULL);

  self->n_rows = n_rows;
  return self;
}

/* As a filter does. */
void
synthetic_model_set_n_rows (SyntheticModel *self, guint64 n_rows)
{
  self->n_rows = n_rows;
  cot_row_model_reset (COT_ROW_MODEL (self));
}

void
synthetic_model_append (SyntheticModel *self, guint64 n)
{
  self->n_rows += n;
  cot_row_model_appended (COT_ROW_MODEL (self), n);
}

void
synthetic_model_set_has_logs (SyntheticModel *self, gboolean has_logs)
{
  self->has_logs = has_logs;
  cot_row_model_reset (COT_ROW_MODEL (self));
}

/* While it is not loaded, no row has a text; loading says so for all of them. */
void
synthetic_model_set_loaded (SyntheticModel *self, gboolean loaded)
{
  self->loaded = loaded;
  if (loaded)
    cot_row_model_rows_changed (COT_ROW_MODEL (self), 0, self->n_rows);
}

/* How often a row's text was asked for. */
guint64
synthetic_model_get_n_asked (SyntheticModel *self)
{
  return self->n_asked;
}
