/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bundle.h"

G_BEGIN_DECLS

/* The path of a program that was built beside the tests. (transfer full) */
char *bundle_helper_find_program (const char *name);
/* Writes @bytes to a file of its own. (transfer full): the path; bundle_helper_remove() it. */
char *bundle_helper_write (const void *bytes, gsize n_bytes, const char *name);
/* The file and the folder that it was given. */
void bundle_helper_remove (char *path);

/* Opens the archive as a bundle; NULL with @error. Takes @archive. */
CotBundle *bundle_helper_open (GByteArray *archive, GError **error);
/* All bytes of a member as a string, NULL with @error. (transfer full) */
char *bundle_helper_read (CotBundle *bundle, guint index, gsize *n_bytes, GError **error);

#define bundle_helper_assert_text(bundle, index, expected)                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GError) read_error_ = NULL;                                                         \
    g_autofree char *text_ = bundle_helper_read ((bundle), (index), NULL, &read_error_);           \
                                                                                                   \
    g_assert_no_error (read_error_);                                                               \
    g_assert_cmpstr (text_, ==, (expected));                                                       \
  }                                                                                                \
  G_STMT_END

#define bundle_helper_assert_refused(bundle, index, expected_code)                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GError) read_error_ = NULL;                                                         \
    g_autoptr (GError) member_error_ = NULL;                                                       \
    g_autofree char *text_ = bundle_helper_read ((bundle), (index), NULL, &read_error_);           \
                                                                                                   \
    g_assert_null (text_);                                                                         \
    g_assert_error (read_error_, COT_BUNDLE_ERROR, (int) (expected_code));                         \
    member_error_ = cot_bundle_dup_member_error ((bundle), (index));                               \
    g_assert_error (member_error_, COT_BUNDLE_ERROR, (int) (expected_code));                       \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
