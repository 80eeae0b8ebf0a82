package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.graph.ParsedValue;
import java.util.List;
import java.util.regex.Pattern;

/** Which axis of an input is the batch, as long as no node says it: by the names of sizes, else the first. */
final class BatchGuess {

    private static final Pattern BATCH = Pattern.compile("(?i)n|b|bs|none|.*batch.*|num_?samples|samples");
    private static final Pattern TIME = Pattern.compile("(?i)t|s|l|.*time.*|.*seq.*|.*len.*|.*steps?.*");

    private BatchGuess() {}

    static int axis(ParsedValue input) {
        List<ParsedValue.Axis> axes = input.axes();
        int open = -1;
        for (int axis = 0; axis < axes.size(); axis++) {
            ParsedValue.Axis said = axes.get(axis);
            if (BATCH.matcher(said.symbol()).matches()) {
                return axis;
            }
            if (open < 0 && said.size() == ParsedValue.UNKNOWN && !TIME.matcher(said.symbol()).matches()) {
                open = axis;
            }
        }
        return Math.max(open, 0);
    }
}
