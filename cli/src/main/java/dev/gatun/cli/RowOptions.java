package dev.gatun.cli;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.console.WrongCall;
import dev.gatun.cli.data.RowRules;
import dev.gatun.cli.forecast.Recipe;
import dev.gatun.data.Missing;
import dev.gatun.data.time.DataException;
import dev.gatun.data.time.DateRules;
import dev.gatun.data.time.Span;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how a table's rows become a series; every command that reads one has them. */
final class RowOptions {

    @Option(names = "--missing", paramLabel = "HOW", description = "Cells without a value: fail, drop (leave out each window that touches one) or interpolate "
            + "(straight line between neighbours, which looks ahead) (default: fail; for a trained model as in its training).")
    private Missing missing;

    @Option(names = "--sort", description = "Sort the rows by date, if they do not stand oldest first (default: refuse them; for a trained model as in its training).")
    private boolean sort;

    @Option(names = "--max-step", paramLabel = "LENGTH", description = "Rows further apart than this have a hole between them, and no window crosses it: "
            + "90s, 90min, 36h, 4d, 2w, or a bare number where dates are numbers (default: 1.5 of the "
            + "table's usual step, nights and weekends without rows passed over; for a trained model as in its training).")
    private String longestStep;

    /** Whether one of them was given. */
    boolean isAny() {
        return missing != null || sort || longestStep != null;
    }

    /** The first that was given. */
    String first() {
        return missing != null ? "--missing" : sort ? "--sort" : "--max-step";
    }

    /** For a table that a model is trained on; asked for before it is read. */
    RowRules forTraining(String date) {
        if (date == null && (sort || longestStep != null)) {
            throw new WrongCall(
                    (sort ? "--sort" : "--max-step") + " needs to know when a row is; name the column with --date");
        }
        return new RowRules(date, missing == null ? Missing.FAIL : missing,
                new DateRules(sort, span(), Optional.empty()));
    }

    /**
     * For a table that a trained model meets.
     *
     * @param isDated whether the table has the date column of the training
     */
    RowRules asIn(Recipe recipe, boolean isDated) {
        if (!isDated && (sort || longestStep != null)) {
            throw new Refusal((sort ? "--sort" : "--max-step") + " needs to know when a row is, but "
                    + (recipe.date() == null
                            ? "the model was trained without --date"
                            : "the table has no column '" + recipe.date() + "'")
                    + "; leave it out");
        }
        DateRules learned = recipe.rows().dates();
        return new RowRules(
                isDated ? recipe.date() : null, missing == null ? recipe.rows().missing() : missing,
                new DateRules(sort || learned.isSorted(), span(), learned.learned()));
    }

    private Optional<Span> span() {
        try {
            return Optional.ofNullable(longestStep).map(Span::parse);
        } catch (DataException noLength) {
            throw new WrongCall(noLength.message(OptionWords::of));
        }
    }
}
