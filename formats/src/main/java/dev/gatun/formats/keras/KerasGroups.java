package dev.gatun.formats.keras;

import dev.gatun.formats.hdf5.Hdf5Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What lies in the groups of a file of Keras's weights. */
final class KerasGroups {

    /** Models within models within models; a group that holds itself ends there. */
    private static final int DEEPEST = 64;
    private static final int MOST = 1_000_000;

    /** What is said to lie in the group of an optimizer. */
    static final String OPTIMIZER = "the state of an optimizer";

    private KerasGroups() {}

    /** Datasets under paths that nobody takes; all of an optimizer is one. */
    static List<String> leftOver(Hdf5Tree hdf, Collection<String> taken) {
        Set<String> known = new HashSet<>(taken);
        List<String> left = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(hdf.names(""));
        int seen = 0;
        while (!open.isEmpty() && seen++ < MOST) {
            String path = open.pop();
            if (path.equals(KerasTraining.GROUP)) {
                left.add(OPTIMIZER);
            } else if (!hdf.hasGroup(path)) {
                if (!known.contains(path)) {
                    left.add(path);
                }
            } else if (path.chars().filter(each -> each == '/').count() < DEEPEST) {
                hdf.names(path).forEach(name -> open.push(path + "/" + name));
            }
        }
        return left;
    }
}
