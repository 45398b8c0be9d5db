/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <string.h>

#include "cot-app-resources.h"
#include "cot-correlate.h"
#include "cot-steps.h"
#include "cot-text-label.h"

/* The steps of every detector, in a panel as narrow as it can be and in wider ones: all of a step
 * is in sight, and so is the button that copies its command. */

#define MIN_PX 240
#define MAX_PX 520
#define STEP_PX 7

static void
assert_inside (GtkWidget *root, GtkWidget *widget, int width_px, const char *id)
{
  graphene_rect_t bounds;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_get_visible (child))
        continue;
      g_assert_true (gtk_widget_compute_bounds (child, root, &bounds));
      if (bounds.origin.x + bounds.size.width > width_px + 1)
        g_error ("%s: at a width of %d pixels a part of a step ends at %g", id, width_px,
                 bounds.origin.x + bounds.size.width);
      assert_inside (root, child, width_px, id);
    }
}

static void
try_widths (CotFinding *finding)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *steps = cot_steps_new (finding);

  gtk_window_set_child (GTK_WINDOW (window), steps);
  for (int width_px = MIN_PX; width_px < MAX_PX; width_px += STEP_PX)
    {
      int least_px, height_px;

      gtk_widget_measure (steps, GTK_ORIENTATION_HORIZONTAL, -1, &least_px, NULL, NULL, NULL);
      g_assert_cmpint (least_px, <=, MIN_PX);
      gtk_widget_measure (steps, GTK_ORIENTATION_VERTICAL, width_px, NULL, &height_px, NULL, NULL);
      gtk_widget_allocate (steps, width_px, height_px, -1, NULL);
      assert_inside (steps, steps, width_px, cot_detector_get_id (finding->detector));
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_all_of_it_in_sight (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge = cot_knowledge_new_builtin (&error);
  guint n_tried = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < cot_knowledge_get_n_detectors (knowledge); i++)
    {
      const CotDetector *detector = cot_knowledge_get_detector (knowledge, i);
      const char *log = cot_detector_get_logs (detector)[0];
      guint n_samples;
      const CotSample *samples = cot_detector_get_samples (detector, &n_samples);
      g_autoptr (CotHits) hits = NULL;
      g_autoptr (GPtrArray) findings = NULL;

      /* A guide entry has none. */
      if (n_samples == 0 || !samples[0].matches || cot_detector_is_marker (detector))
        continue;
      hits = cot_matcher_run_text (knowledge, log, samples[0].text);
      findings = cot_correlate (knowledge, &(CotCaseLog){ log, hits }, 1);
      for (guint j = 0; j < findings->len; j++)
        {
          CotFinding *finding = g_ptr_array_index (findings, j);

          if (finding->detector != detector)
            continue;
          try_widths (finding);
          n_tried++;
        }
    }
  g_assert_cmpuint (n_tried, >, 150);
}

/* A line of a symbol or a path ends where one of its parts does, and the text stays as it is. */
static void
test_breaks (void)
{
  static const char *const texts[] = {
    "HRESULT_FROM_WIN32(ERROR_REMOTE_STORAGE_NOT_ACTIVE)",
    "Look at HKLM\\SOFTWARE\\Microsoft\\Enrollments\\Context in the registry",
  };
  GtkWidget *window = gtk_window_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GtkWidget *label = cot_text_label_new ("", NULL);
      PangoLayout *layout;
      int height_px;

      gtk_window_set_child (GTK_WINDOW (window), label);
      gtk_label_set_text (GTK_LABEL (label), texts[i]);
      gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, MIN_PX, NULL, &height_px, NULL, NULL);
      gtk_widget_allocate (label, MIN_PX, height_px, -1, NULL);
      layout = gtk_label_get_layout (GTK_LABEL (label));
      g_assert_cmpstr (pango_layout_get_text (layout), ==, texts[i]);
      g_assert_cmpint (pango_layout_get_line_count (layout), >, 1);
      for (int j = 1; j < pango_layout_get_line_count (layout); j++)
        {
          int start = pango_layout_get_line_readonly (layout, j)->start_index;

          g_test_message ("%s", texts[i] + start);
          g_assert_nonnull (strchr ("_\\ ", texts[i][start - 1]));
        }
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  adw_init ();
  g_resources_register (cot_app_get_resource ());
  gtk_css_provider_load_from_resource (provider, "/io/github/cotrace/Cotrace/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_test_add_func ("/steps/all-of-it-in-sight", test_all_of_it_in_sight);
  g_test_add_func ("/steps/breaks", test_breaks);
  return g_test_run ();
}
