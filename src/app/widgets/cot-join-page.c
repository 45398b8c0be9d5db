/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-join-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "cot-names.h"
#include "cot-text-label.h"

enum
{
  GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotJoinPage
{
  GtkWidget parent_instance;

  CotLog *log; /* (nullable) */
  char *heading; /* (nullable): whose state it is */
  guint64 n_shown; /* entries of the log when it was read */
  GCancellable *cancellable; /* (nullable): while it is read */

  GtkWidget *scroller;
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (CotJoinPage, cot_join_page, GTK_TYPE_WIDGET)

typedef enum
{
  MOOD_NEUTRAL,
  MOOD_GOOD,
  MOOD_WARNING,
  MOOD_BAD,
} Mood;

static const struct
{
  const char *icon;
  const char *css_class;
  const char *name;
} moods[] = {
  [MOOD_NEUTRAL] = { NULL, NULL, NULL },
  [MOOD_GOOD] = { "emblem-ok-symbolic", "success", N_ ("Good") },
  [MOOD_WARNING] = { "dialog-warning-symbolic", "warning", N_ ("Warning") },
  [MOOD_BAD] = { "dialog-error-symbolic", "error", N_ ("Error") },
};

static char *
dup_visible (const char *text)
{
  GString *visible = g_string_new (NULL);

  cot_text_append_visible (visible, text, -1, FALSE);
  return g_string_free (visible, FALSE);
}

static char *
dup_moment (gint64 time_usec)
{
  char iso[COT_CLOCK_ISO_SIZE];

  cot_clock_format_iso (time_usec, iso);
  iso[10] = ' ';
  /* Translators: a moment, "2026-11-18 09:12:41 UTC" */
  return g_strdup_printf (_("%.19s UTC"), iso);
}

static GtkWidget *
new_group (CotJoinPage *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (self->box), group);
  return group;
}

/* @value comes from the log; @advice (nullable) is ours. */
static void
add_row (GtkWidget *group, Mood mood, const char *title, const char *value, const char *advice)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *visible = dup_visible (value);
  g_autofree char *subtitle
      = advice != NULL ? g_strdup_printf ("%s\n%s", visible, advice) : g_strdup (visible);

  g_object_set (row, "use-markup", FALSE, "title", title, "subtitle", subtitle, "title-lines", 0,
                "subtitle-lines", 0, NULL);
  cot_names_set_row (row, moods[mood].icon != NULL ? _(moods[mood].name) : NULL);
  if (moods[mood].icon != NULL)
    {
      GtkWidget *image = gtk_image_new_from_icon_name (moods[mood].icon);

      gtk_widget_add_css_class (image, moods[mood].css_class);
      gtk_widget_set_tooltip_text (image, _(moods[mood].name));
      gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _(moods[mood].name), -1);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_text (GtkWidget *group, const char *title, const char *value)
{
  if (value != NULL && *value != '\0')
    add_row (group, MOOD_NEUTRAL, title, value, NULL);
}

static void
add_moment (GtkWidget *group, Mood mood, const char *title, gint64 time_usec)
{
  g_autofree char *text = NULL;

  if (time_usec == COT_TIME_NONE)
    return;
  text = dup_moment (time_usec);
  add_row (group, mood, title, text, NULL);
}

static void
add_join (GtkWidget *group, const CotDsregState *state)
{
  const char *title = _("Join");

  switch (state->join)
    {
    case COT_DSREG_JOIN_HYBRID:
      add_row (group, MOOD_GOOD, title, _("Entra ID and Active Directory (hybrid)"), NULL);
      break;
    case COT_DSREG_JOIN_ENTRA:
      add_row (group, MOOD_GOOD, title, _("Entra ID"), NULL);
      break;
    case COT_DSREG_JOIN_DOMAIN:
      add_row (group, MOOD_WARNING, title, _("Active Directory only"),
               _("Co-management needs Entra ID as well. Look at the last attempt to join, and "
                 "at whether this computer is in the scope of hybrid join."));
      break;
    case COT_DSREG_JOIN_REGISTERED:
      add_row (group, MOOD_WARNING, title, _("Registered by a user, not joined"),
               _("Co-management needs a device that is joined to Entra ID."));
      break;
    case COT_DSREG_JOIN_ON_PREMISES:
      add_row (group, MOOD_WARNING, title, _("The registration service of AD FS"),
               _("Co-management needs a device that is joined to Entra ID."));
      break;
    case COT_DSREG_JOIN_NONE:
      add_row (group, MOOD_BAD, title, _("Not joined"),
               _("Co-management needs a device that is joined to Entra ID."));
      break;
    case COT_DSREG_JOIN_UNKNOWN:
    default:
      add_row (group, MOOD_NEUTRAL, title, _("Not said"),
               _("The output is cut, or not that of dsregcmd /status."));
      break;
    }
}

static Mood
mood_of_expiry (const CotDsregState *state, gint64 until_usec)
{
  if (state->client_time_usec == COT_TIME_NONE || until_usec == COT_TIME_NONE)
    return MOOD_NEUTRAL;
  return until_usec < state->client_time_usec ? MOOD_BAD : MOOD_GOOD;
}

static void
show_device (CotJoinPage *self, const CotDsregState *state)
{
  GtkWidget *group = new_group (self, _("Device"));

  add_join (group, state);
  if (state->device_auth == COT_DSREG_OUTCOME_FAILED)
    add_row (group, MOOD_BAD, _("Device authentication"), state->device_auth_text,
             _("In Entra ID the device is disabled or deleted. Enable it there, or let the device "
               "join anew."));
  else if (state->device_auth == COT_DSREG_OUTCOME_PASSED)
    add_row (group, MOOD_GOOD, _("Device authentication"), state->device_auth_text, NULL);
  add_text (group, _("Name"), state->device_name);
  add_text (group, _("Domain"), state->domain_name);
  add_text (group, _("Tenant"), state->tenant_name);
  add_text (group, _("Tenant ID"), state->tenant_id);
  add_text (group, _("Device ID"), state->device_id);
  add_moment (group, mood_of_expiry (state, state->certificate_until_usec),
              _("Device certificate valid until"), state->certificate_until_usec);
}

static void
add_code (GtkWidget *group, const char *title, const char *code_text)
{
  g_autoptr (CotCode) code = NULL;
  gboolean known = FALSE;

  if (code_text == NULL || *code_text == '\0')
    return;
  code = cot_code_lookup (code_text, &known);
  add_row (group, MOOD_BAD, title, code_text, code != NULL && known ? code->meaning : NULL);
}

/* SYSTEM and an elevated prompt do not see the user's token. */
static gboolean
is_of_user (const CotDsregState *state)
{
  return state->user_context == NULL
         || (g_ascii_strncasecmp (state->user_context, "SYSTEM", strlen ("SYSTEM")) != 0
             && g_ascii_strncasecmp (state->user_context, "ELEVATED", strlen ("ELEVATED")) != 0);
}

static void
show_token (CotJoinPage *self, const CotDsregState *state)
{
  const CotDsregToken *token = &state->entra_token;
  GtkWidget *group;

  if (token->present == COT_DSREG_NOT_SAID)
    return;
  group = new_group (self, _("Token of the user (PRT)"));
  if (token->present == COT_DSREG_YES)
    add_row (group, MOOD_GOOD, _("Token"), _("There is one"), NULL);
  else if (is_of_user (state))
    add_row (group, MOOD_WARNING, _("Token"), _("There is none"),
             _("Enrollment in the user's name needs it. The output must be made in the user's own "
               "session, not by an administrator; lock and unlock the screen to ask for a new "
               "one."));
  else
    add_row (group, MOOD_NEUTRAL, _("Token"), _("There is none"),
             _("That is expected: an administrator or SYSTEM made this output. Run "
               "dsregcmd /status as the user, not elevated, to see the user's token."));
  add_moment (group, MOOD_NEUTRAL, _("Renewed"), token->update_usec);
  add_moment (group, mood_of_expiry (state, token->expiry_usec), _("Valid until"),
              token->expiry_usec);
  add_moment (group, MOOD_NEUTRAL, _("Last failed attempt"), state->attempt_usec);
  add_code (group, _("Its result"), state->attempt_status);
  add_code (group, _("The server's answer"), state->attempt_server_code);
  add_text (group, _("The server's words"), state->attempt_server_text);
}

static void
show_management (CotJoinPage *self, const CotDsregState *state)
{
  GtkWidget *group;

  if (state->tenant_id == NULL && state->mdm_url == NULL)
    return;
  group = new_group (self, _("Management (MDM)"));
  if (state->mdm_url != NULL && *state->mdm_url != '\0')
    {
      add_row (group, MOOD_GOOD, _("Enrollment address"), state->mdm_url, NULL);
      add_text (group, _("Compliance address"), state->mdm_compliance_url);
    }
  else
    add_row (group, MOOD_WARNING, _("Enrollment address"), _("None"),
             _("The user is not in the MDM user scope, or has no Intune licence. Look in Entra ID "
               "under Mobility."));
}

/* "FAIL [0x801c0021/0x801c000c]": the first code that is known. */
static CotCode *
find_code (const char *value)
{
  g_auto (GStrv) words = g_strsplit_set (value, "[]/ ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean known = FALSE;
      g_autoptr (CotCode) code = cot_code_lookup (words[i], &known);

      if (code != NULL && known)
        return g_steal_pointer (&code);
    }
  return NULL;
}

static void
add_tests (GtkWidget *group, const CotDsregState *state, gboolean failed)
{
  for (guint i = 0; i < state->tests->len; i++)
    {
      const CotDsregTest *test = state->tests->pdata[i];
      gboolean test_failed = test->outcome == COT_DSREG_OUTCOME_FAILED;
      g_autofree char *name = dup_visible (test->name);
      g_autoptr (CotCode) code = test_failed ? find_code (test->value) : NULL;

      if (test_failed == failed)
        add_row (group,
                 test_failed                                    ? MOOD_BAD
                 : test->outcome == COT_DSREG_OUTCOME_PASSED ? MOOD_GOOD
                                                                : MOOD_NEUTRAL,
                 name, test->value, code != NULL ? code->meaning : NULL);
    }
}

static void
show_attempt (CotJoinPage *self, const CotDsregState *state)
{
  GtkWidget *group;

  if (state->error_phase == NULL && state->client_error_code == NULL
      && state->server_error_code == NULL)
    return;
  group = new_group (self, _("Last attempt to join, which failed"));
  add_moment (group, MOOD_NEUTRAL, _("When"), state->registration_usec);
  add_text (group, _("Phase"), state->error_phase);
  add_code (group, _("The device's error"), state->client_error_code);
  add_code (group, _("The server's error"), state->server_error_code);
  add_text (group, _("The server's words"), state->server_message);
}

static void
clear (CotJoinPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

static void
show_heading (CotJoinPage *self)
{
  g_autofree char *visible = self->heading != NULL ? dup_visible (self->heading) : NULL;

  if (visible != NULL)
    gtk_box_append (GTK_BOX (self->box), cot_text_label_new (visible, "title-4"));
}

static void
on_show_lines (CotJoinPage *self)
{
  g_signal_emit (self, signals[GO_TO], 0, self->log, (guint64) 0);
}

static void
show_state (CotJoinPage *self, const CotDsregState *state)
{
  GtkWidget *button = gtk_button_new_with_label (_("Show the Lines"));

  clear (self);
  show_heading (self);
  show_attempt (self, state);
  if (state->n_failed_tests > 0)
    add_tests (new_group (self, _("Tests that failed")), state, TRUE);
  show_device (self, state);
  show_token (self, state);
  show_management (self, state);
  if (state->tests->len > state->n_failed_tests)
    add_tests (new_group (self, _("Other tests")), state, FALSE);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_show_lines), self);
  gtk_box_append (GTK_BOX (self->box), button);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CotJoinPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CotDsregState) state
      = cot_log_load_join_state_finish (COT_LOG (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->log != COT_LOG (source))
    return;
  g_clear_object (&self->cancellable);
  if (state != NULL)
    {
      show_state (self, state);
      return;
    }
  clear (self);
  gtk_box_append (GTK_BOX (self->box),
                  cot_text_label_new (_("The lines could not be read any more."), NULL));
}

static void
stop (CotJoinPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load (CotJoinPage *self)
{
  stop (self);
  self->n_shown = cot_log_get_n_entries (self->log);
  self->cancellable = g_cancellable_new ();
  cot_log_load_join_state_async (self->log, self->cancellable, on_loaded, g_object_ref (self));
}

static void
on_log_changed (CotJoinPage *self)
{
  if (cot_log_get_n_entries (self->log) != self->n_shown)
    load (self);
}

static void
drop_log (CotJoinPage *self)
{
  stop (self);
  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_clear_object (&self->log);
  g_clear_pointer (&self->heading, g_free);
}

static void
cot_join_page_dispose (GObject *object)
{
  CotJoinPage *self = COT_JOIN_PAGE (object);

  drop_log (self);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_join_page_parent_class)->dispose (object);
}

static void
cot_join_page_class_init (CotJoinPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_join_page_dispose;
  signals[GO_TO] = g_signal_new ("go-to", COT_TYPE_JOIN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 2, COT_TYPE_LOG, G_TYPE_UINT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "joinpage");
}

static void
cot_join_page_init (CotJoinPage *self)
{
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_add_css_class (self->box, "panel-page");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
cot_join_page_new (void)
{
  return g_object_new (COT_TYPE_JOIN_PAGE, NULL);
}

/**
 * cot_join_page_set_log:
 * @log: (nullable): a log with the output of dsregcmd /status
 * @heading: (nullable): whose state it tells, as its files say
 */
void
cot_join_page_set_log (CotJoinPage *self, CotLog *log, const char *heading)
{
  g_return_if_fail (COT_IS_JOIN_PAGE (self));

  if (self->log == log && g_strcmp0 (self->heading, heading) == 0)
    return;
  drop_log (self);
  clear (self);
  if (log == NULL)
    return;
  self->log = g_object_ref (log);
  self->heading = g_strdup (heading);
  g_signal_connect_swapped (log, "changed", G_CALLBACK (on_log_changed), self);
  load (self);
}
