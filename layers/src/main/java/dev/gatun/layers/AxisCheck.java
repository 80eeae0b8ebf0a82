package dev.gatun.layers;

import java.util.HashSet;
import java.util.List;

/** The condition on the axes along which numbers belong together: not that of the samples, and each once. */
final class AxisCheck implements OptionCheck<List<Integer>> {

    private final int most;

    private AxisCheck(int most) {
        this.most = most;
    }

    static AxisCheck one() {
        return new AxisCheck(1);
    }

    static AxisCheck some() {
        return new AxisCheck(Integer.MAX_VALUE);
    }

    @Override
    public String problem(String option, List<Integer> axes) {
        if (axes.isEmpty() || axes.size() > most) {
            return "expected one axis" + (most == 1 ? "" : " or more") + " as " + option + ", got " + axes
                    + "; -1 is that of the features";
        }
        if (axes.contains(0)) {
            return "expected an " + option + " other than 0, which is that of the samples, got " + axes
                    + "; count from 1, or give -1 for the features";
        }
        return new HashSet<>(axes).size() == axes.size()
                ? null
                : "expected each axis once as " + option + ", got " + axes;
    }
}
