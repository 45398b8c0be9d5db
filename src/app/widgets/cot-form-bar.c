/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-form-bar.h"

#include <glib/gi18n.h>

#include "cot-settings.h"

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotFormBar
{
  GtkWidget parent_instance;

  CotEntryForm wanted; /* what was chosen last; an entry may not have it */
  gboolean updating;
  GtkWidget *box;
  GtkWidget *buttons[COT_N_ENTRY_FORMS];
  GtkWidget *wrap;
};

G_DEFINE_FINAL_TYPE (CotFormBar, cot_form_bar, GTK_TYPE_WIDGET)

static void
on_form_toggled (CotFormBar *self, GtkToggleButton *button)
{
  if (self->updating || !gtk_toggle_button_get_active (button))
    return;
  self->wanted = cot_form_bar_get_form (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_wrap_toggled (CotFormBar *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_name (GtkWidget *widget, const char *name)
{
  gtk_widget_set_tooltip_text (widget, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static GtkWidget *
make_forms (CotFormBar *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Form of the message"), -1);
  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < COT_N_ENTRY_FORMS; i++)
    {
      self->buttons[i] = gtk_toggle_button_new_with_label ("");
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->buttons[i]),
                                     GTK_TOGGLE_BUTTON (self->buttons[0]));
      g_signal_connect_swapped (self->buttons[i], "toggled", G_CALLBACK (on_form_toggled), self);
      gtk_box_append (GTK_BOX (box), self->buttons[i]);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[0]), TRUE);
  return box;
}

static GtkWidget *
make_wrap (CotFormBar *self)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GSettings *settings = cot_settings_get ();

  gtk_button_set_icon_name (GTK_BUTTON (button), "cot-wrap-symbolic");
  gtk_widget_add_css_class (button, "flat");
  set_name (button, _("Wrap long lines"));
  if (settings != NULL)
    g_settings_bind (settings, "wrap-details", button, "active", G_SETTINGS_BIND_DEFAULT);
  else
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_wrap_toggled), self);
  return button;
}

static GtkWidget *
make_copy (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _("Copy _Message"), "details.copy-message");
  g_menu_append (menu, _("Copy _Entry"), "details.copy-entry");
  g_menu_append (menu, _("Copy _Record as Written"), "details.copy-record");
  g_menu_append (menu, _("Copy What Is _Shown"), "details.copy-shown");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "edit-copy-symbolic");
  gtk_widget_add_css_class (button, "flat");
  set_name (button, _("Copy"));
  return button;
}

static void
cot_form_bar_dispose (GObject *object)
{
  CotFormBar *self = COT_FORM_BAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_form_bar_parent_class)->dispose (object);
}

static void
cot_form_bar_class_init (CotFormBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_form_bar_dispose;
  signals[CHANGED] = g_signal_new ("changed", COT_TYPE_FORM_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "formbar");
}

static void
cot_form_bar_init (CotFormBar *self)
{
  GtkWidget *forms = make_forms (self);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->wrap = make_wrap (self);
  gtk_widget_set_hexpand (forms, TRUE);
  gtk_box_append (GTK_BOX (self->box), forms);
  gtk_box_append (GTK_BOX (self->box), self->wrap);
  gtk_box_append (GTK_BOX (self->box), make_copy ());
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
cot_form_bar_new (void)
{
  return g_object_new (COT_TYPE_FORM_BAR, NULL);
}

/**
 * cot_form_bar_set_details:
 * @details: of the entry that is shown from now on
 *
 * Does not emit "changed".
 */
void
cot_form_bar_set_details (CotFormBar *self, const CotEntryDetails *details)
{
  CotEntryForm form;

  g_return_if_fail (COT_IS_FORM_BAR (self));

  form = cot_entry_has_form (details, self->wanted) ? self->wanted : COT_ENTRY_FORM_WRITTEN;
  self->updating = TRUE;
  for (guint i = 0; i < COT_N_ENTRY_FORMS; i++)
    {
      gboolean has_form = cot_entry_has_form (details, (CotEntryForm) i);

      gtk_widget_set_visible (self->buttons[i], has_form);
      if (has_form)
        gtk_button_set_label (GTK_BUTTON (self->buttons[i]),
                              cot_entry_sentence_get_form (details, (CotEntryForm) i));
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[form]), TRUE);
  self->updating = FALSE;
}

CotEntryForm
cot_form_bar_get_form (CotFormBar *self)
{
  g_return_val_if_fail (COT_IS_FORM_BAR (self), COT_ENTRY_FORM_WRITTEN);

  for (guint i = 0; i < COT_N_ENTRY_FORMS; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->buttons[i])))
      return (CotEntryForm) i;
  return COT_ENTRY_FORM_WRITTEN;
}

gboolean
cot_form_bar_get_wrap (CotFormBar *self)
{
  g_return_val_if_fail (COT_IS_FORM_BAR (self), TRUE);

  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->wrap));
}

void
cot_form_bar_next (CotFormBar *self)
{
  guint form;

  g_return_if_fail (COT_IS_FORM_BAR (self));

  form = cot_form_bar_get_form (self);
  do
    form = (form + 1) % COT_N_ENTRY_FORMS;
  while (!gtk_widget_get_visible (self->buttons[form]));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[form]), TRUE);
}
