package dev.gatun.cli;

import dev.gatun.cli.console.Console;
import dev.gatun.data.Series;
import dev.gatun.data.time.Holes;
import dev.gatun.data.time.Rhythm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is said of the steps between a table's rows, and of those that are missing. */
final class HoleReport {

    private HoleReport() {}

    /**
     * Says where rows are missing, if any are.
     *
     * @param windows that a hole lies in, and that are left out
     */
    static void tell(Console console, Series series, int windows) {
        Optional<Rhythm> rhythm = series.timeline().rhythm();
        if (rhythm.isEmpty()) {
            return;
        }
        Holes holes = series.timeline().holes();
        if (holes.count() > 0) {
            int after = holes.largestAfter();
            console.remark("Note: " + series.source() + " has " + holes.count()
                    + (holes.count() == 1 ? " hole" : " holes, the largest") + " of " + holes.largest().text()
                    + " between '" + series.label(after) + "' (line " + series.line(after) + ") and '"
                    + series.label(after + 1) + "' (line " + series.line(after + 1)
                    + "), where rows are usually "
                    + rhythm.get().step().text() + " apart. No window crosses a hole: " + windows
                    + (windows == 1 ? " window is" : " windows are")
                    + " left out. If this is no hole, say --max-step.");
        }
        series.timeline().crowdedRow().ifPresent(row -> console.remark("Note: line " + series.line(row) + " ('"
                + series.label(row) + "') follows the row before it after less than half of the usual step of "
                + rhythm.get().step().text() + "; a model takes each row for one step."));
    }

    /** Plain values for JSON; nothing of a table without dates. */
    static void put(Map<String, Object> json, Series series) {
        series.timeline().rhythm().ifPresent(rhythm -> {
            Holes holes = series.timeline().holes();
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("count", holes.count());
            if (holes.count() > 0) {
                map.put("largest", holes.largest().text());
                map.put("after", series.label(holes.largestAfter()));
                map.put("line", series.line(holes.largestAfter()));
            }
            map.put("usual_step", rhythm.step().text());
            json.put("holes", map);
        });
    }
}
