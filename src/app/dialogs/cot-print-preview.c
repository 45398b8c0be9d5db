/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-print-preview.h"

#include <glib/gi18n.h>

#include "cot-dialog-window.h"
#include "cot-names.h"
#include "cot-paper.h"
#include "cot-sentences.h"

#define WIDTH_PX 760
#define HEIGHT_PX 820
#define MAX_PAPER_PX 1000
#define MARGIN_PX 18

/* Keys, and what they lead to. */
#define FIRST G_MININT
#define LAST G_MAXINT

typedef struct
{
  GtkWidget *paper; /* CotPaper */
  GtkWidget *scroller;
  GtkWidget *title; /* AdwWindowTitle */
  GtkWidget *previous;
  GtkWidget *next;
  guint n_pages;
} Preview;

static void
show_page (Preview *self, guint page)
{
  g_autofree char *number = cot_sentence_dup_number (page + 1);
  g_autofree char *all = cot_sentence_dup_number (self->n_pages);
  /* Translators: numbers: "Page 1 of 12" */
  g_autofree char *text = g_strdup_printf (_("Page %s of %s"), number, all);
  GtkAdjustment *scrolled
      = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  cot_paper_set_page (COT_PAPER (self->paper), page);
  gtk_adjustment_set_value (scrolled, 0);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->paper), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
  gtk_widget_set_sensitive (self->previous, page > 0);
  gtk_widget_set_sensitive (self->next, page + 1 < self->n_pages);
}

static void
step (Preview *self, int by)
{
  gint64 page = (gint64) cot_paper_get_page (COT_PAPER (self->paper)) + by;

  show_page (self, (guint) CLAMP (page, 0, (gint64) self->n_pages - 1));
}

static void
on_previous (Preview *self)
{
  step (self, -1);
}

static void
on_next (Preview *self)
{
  step (self, 1);
}

static gboolean
on_key (GtkWidget *widget, GVariant *by, gpointer data)
{
  step (data, g_variant_get_int32 (by));
  return TRUE;
}

/* Before the pages are scrolled by the same keys: the arrows do that. */
static void
add_keys (GtkWindow *window, Preview *self)
{
  static const struct
  {
    const char *trigger;
    int by;
  } keys[] = {
    { "Page_Up|KP_Page_Up", -1 },
    { "Page_Down|KP_Page_Down", 1 },
    { "Home|KP_Home", FIRST },
    { "End|KP_End", LAST },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut
          = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].trigger),
                              gtk_callback_action_new (on_key, self, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (keys[i].by));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

static GtkWidget *
make_step_button (const char *icon, const char *name, GCallback clicked, Preview *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static GtkWidget *
make_header (Preview *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *steps = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *print = cot_button_new_named (_("_Print…"));

  self->title = adw_window_title_new (_("Print Preview"), "");
  self->previous = make_step_button ("go-up-symbolic", _("Previous page (Page Up)"),
                                     G_CALLBACK (on_previous), self);
  self->next = make_step_button ("go-down-symbolic", _("Next page (Page Down)"),
                                 G_CALLBACK (on_next), self);
  gtk_widget_add_css_class (steps, "linked");
  gtk_box_append (GTK_BOX (steps), self->previous);
  gtk_box_append (GTK_BOX (steps), self->next);
  gtk_widget_add_css_class (print, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (print), "preview.print");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), steps);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), print);
  return header;
}

static GtkWidget *
make_scroller (Preview *self, CotPrintPages *pages, GtkPageSetup *setup)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->paper = cot_paper_new (pages, setup);
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_margin_top (self->paper, MARGIN_PX);
  gtk_widget_set_margin_bottom (self->paper, MARGIN_PX);
  gtk_widget_set_margin_start (self->paper, MARGIN_PX);
  gtk_widget_set_margin_end (self->paper, MARGIN_PX);
  gtk_widget_set_valign (self->paper, GTK_ALIGN_START);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_PAPER_PX);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), MAX_PAPER_PX);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->paper);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), clamp);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  return self->scroller;
}

GtkWindow *
cot_print_preview_new (GtkWindow *parent, CotPrintPages *pages, GtkPageSetup *setup)
{
  GtkWindow *window = cot_dialog_window_new (parent, _("Print Preview"), WIDTH_PX, HEIGHT_PX);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Preview *self = g_new0 (Preview, 1);

  g_object_set_data_full (G_OBJECT (window), "cot-print-preview", self, g_free);
  self->n_pages = cot_print_pages_get_n_pages (pages);
  gtk_window_set_modal (window, TRUE);
  gtk_box_append (GTK_BOX (content), make_header (self));
  gtk_box_append (GTK_BOX (content), make_scroller (self, pages, setup));
  adw_window_set_content (ADW_WINDOW (window), content);
  add_keys (window, self);
  show_page (self, 0);
  return window;
}
