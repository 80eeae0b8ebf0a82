package dev.gatun.layers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Of many names those that a misspelt one may stand for, so that a refusal need not list all there are. */
final class NearNames {

    private static final int MOST = 3;

    /** Longer names are no class's, and would take long to compare. */
    private static final int LONGEST = 64;

    private NearNames() {}

    /** @return the nearest first; none if none is near: in more than a third of the letters another */
    static List<String> of(String name, List<String> names) {
        String small = name.toLowerCase(Locale.ROOT);
        List<String> near = new ArrayList<>();
        if (name.length() <= LONGEST) {
            names.stream().filter(each -> distance(small, each.toLowerCase(Locale.ROOT)) * 3 <= each.length())
                    .forEach(near::add);
            near.sort(Comparator.comparingInt(each -> distance(small, each.toLowerCase(Locale.ROOT))));
        }
        return near.subList(0, Math.min(MOST, near.size()));
    }

    /** Letters to put in, take out, change, or swap with their neighbours (optimal string alignment), row by row of the table. */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j < last.length; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[last.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                boolean isSame = a.charAt(i - 1) == b.charAt(j - 1);
                row[j] = Math.min(last[j - 1] + (isSame ? 0 : 1), 1 + Math.min(last[j], row[j - 1]));
                boolean isSwapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
                row[j] = isSwapped ? Math.min(row[j], beforeLast[j - 2] + 1) : row[j];
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
