/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include "cot-names.h"

/* What the window says at its lower edge, and takes back by itself.
 *
 * An answer that comes when the toasts before it are gone is none: it takes the place of the one
 * before, which does not come back. The place is the same toast.
 *
 * libadwaita 1.2 forgets what it needs where a toast has gone before it has come: it crashes when
 * one is dismissed while it slides in, by Escape, its buttons, or the time. So whoever dismisses
 * it, it goes when it has come. And what its button does is done when it goes: the answer to that
 * would stand in the place of one that is going, and go with it. */

/* Some are two sentences. */
#define ANSWER_SECONDS 5
/* Who is to press something has to read it first, and to get there by the keyboard. */
#define ANSWER_WITH_BUTTON_SECONDS 15
/* It covers what else says what to do next. */
#define OFFER_SECONDS 10
/* In the place of one that goes it takes 500. By the clock of the frames: where they are slow to
 * come, a toast is, too. */
#define SLIDE_MSEC 600

/* It does not ask whether it is shown by libadwaita's count: that one does not know that its end
 * was put off. */
static void
dismiss_answer (CotWindow *self)
{
  g_autoptr (AdwToast) toast = g_object_ref (self->answer_toast);

  g_signal_emit_by_name (toast, "dismissed");
}

static void
act (CotWindow *self, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

static gboolean
on_slide (GtkWidget *overlay, GdkFrameClock *clock, gpointer data)
{
  CotWindow *self = data;
  gint64 now_usec = gdk_frame_clock_get_frame_time (clock);
  g_autofree char *clicked = NULL;

  if (self->answer_slide_usec == 0)
    self->answer_slide_usec = now_usec;
  if (now_usec - self->answer_slide_usec < SLIDE_MSEC * 1000)
    return G_SOURCE_CONTINUE;
  self->answer_slide = 0;
  clicked = g_steal_pointer (&self->answer_clicked);
  if (self->answer_ends)
    dismiss_answer (self);
  if (clicked != NULL)
    act (self, clicked);
  return G_SOURCE_REMOVE;
}

static void
begin_slide (CotWindow *self)
{
  self->answer_ends = FALSE;
  self->answer_slide_usec = 0;
  self->answer_slide = gtk_widget_add_tick_callback (self->toast_overlay, on_slide, self, NULL);
}

/* The overlay's own handler comes behind this one. One that is not shown any more may be dismissed
 * once more, by its button. */
static void
on_answer_dismissed (AdwToast *toast, gpointer data)
{
  CotWindow *self = data;

  if (toast != self->answer_toast)
    return;
  g_clear_handle_id (&self->answer_source, g_source_remove);
  self->answer_ends = self->answer_slide != 0;
  if (self->answer_ends)
    g_signal_stop_emission_by_name (toast, "dismissed");
  else
    g_clear_object (&self->answer_toast);
}

static void
on_answer_clicked (AdwToast *toast, gpointer data)
{
  CotWindow *self = data;
  g_autofree char *action = g_strdup (self->answer_action);

  if (action == NULL || toast != self->answer_toast)
    return;
  if (self->answer_slide != 0)
    {
      g_free (self->answer_clicked);
      self->answer_clicked = g_steal_pointer (&action);
      return;
    }
  dismiss_answer (self);
  act (self, action);
}

static gboolean
on_answer_timeout (gpointer data)
{
  CotWindow *self = data;

  self->answer_source = 0;
  dismiss_answer (self);
  return G_SOURCE_REMOVE;
}

/* From now on. */
static void
end_answer_after (CotWindow *self, guint seconds)
{
  g_clear_handle_id (&self->answer_source, g_source_remove);
  self->answer_source = g_timeout_add_seconds (seconds, on_answer_timeout, self);
}

static AdwToast *
add_answer_toast (CotWindow *self)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_answer_dismissed), self, 0);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_answer_clicked), self, 0);
  return toast;
}

static void
show_toast_for (CotWindow *self, const char *text, const char *button_label, const char *action,
                guint seconds)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  gboolean is_new = self->answer_toast == NULL;

  if (is_new)
    self->answer_toast = add_answer_toast (self);
  adw_toast_set_title (self->answer_toast, escaped);
  adw_toast_set_button_label (self->answer_toast, button_label);
  g_free (self->answer_action);
  self->answer_action = g_strdup (action);
  self->answer_ends = FALSE;
  end_answer_after (self, seconds);
  if (is_new)
    {
      begin_slide (self);
      adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toast_overlay),
                                   g_object_ref (self->answer_toast));
    }
  if (button_label != NULL)
    {
      cot_names_tidy_below (self->toast_overlay);
      cot_names_tell_key_below (self->toast_overlay, button_label);
    }
}

/**
 * cot_window_show_toast:
 * @text: what is said
 */
void
cot_window_show_toast (CotWindow *self, const char *text)
{
  cot_window_show_toast_with (self, text, NULL, NULL);
}

/**
 * cot_window_show_toast_with:
 * @text: what is said
 * @button_label: (nullable): what can be done about it, with a mnemonic
 * @action: (nullable): the name of the action that does it
 */
void
cot_window_show_toast_with (CotWindow *self, const char *text, const char *button_label,
                            const char *action)
{
  show_toast_for (self, text, button_label, action,
                  button_label != NULL ? ANSWER_WITH_BUTTON_SECONDS : ANSWER_SECONDS);
}

/**
 * cot_window_show_offer:
 * @text: what has been done
 * @button_label: what else could be done, with a mnemonic
 * @action: the name of the action that does it, which is in a menu, too
 *
 * Nobody has asked for it: an answer that is shown stays, and this is not.
 */
void
cot_window_show_offer (CotWindow *self, const char *text, const char *button_label,
                       const char *action)
{
  if (self->answer_toast == NULL)
    show_toast_for (self, text, button_label, action, OFFER_SECONDS);
}

/**
 * cot_window_end_toast:
 * @action: the name of an action that was done in another way
 *
 * What is shown and offers it goes soon.
 */
void
cot_window_end_toast (CotWindow *self, const char *action)
{
  if (self->answer_toast != NULL && g_strcmp0 (self->answer_action, action) == 0)
    end_answer_after (self, 1);
}

/**
 * cot_window_drop_answer:
 *
 * The window goes, and its toasts with it.
 */
void
cot_window_drop_answer (CotWindow *self)
{
  g_clear_handle_id (&self->answer_source, g_source_remove);
  if (self->answer_slide != 0)
    gtk_widget_remove_tick_callback (self->toast_overlay, self->answer_slide);
  self->answer_slide = 0;
  g_clear_object (&self->answer_toast);
  g_clear_pointer (&self->answer_action, g_free);
  g_clear_pointer (&self->answer_clicked, g_free);
}
