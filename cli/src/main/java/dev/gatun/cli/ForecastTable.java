package dev.gatun.cli;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.data.CsvFile;
import dev.gatun.cli.data.Table;
import dev.gatun.cli.data.TableSeries;
import dev.gatun.cli.forecast.Recipe;
import dev.gatun.data.Series;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A table read for a model that was made by {@code gatun train}. */
final class ForecastTable {

    private ForecastTable() {}

    /** The recipe of a model, or a refusal that says what is done with one. */
    static Recipe recipe(Path file, Model model, String wanted) {
        Recipe recipe = Recipe.in(model.metadata()).orElseThrow(() -> new Refusal(file
                + " was not made by 'gatun train' and does not know what a table's columns mean, so " + wanted));
        List<Shape> shapes = model.inputShapes();
        boolean fits = shapes.size() == 1 && model.outputShapes().size() == 1
                && shapes.getFirst()
                        .accepts(Shape.of(Shape.UNKNOWN, recipe.spec().window(), recipe.spec().inputs().size()))
                && model.outputShapes().getFirst().accepts(Shape.of(Shape.UNKNOWN, recipe.spec().outputs()));
        if (!fits) {
            throw new Refusal(
                    file + ": its metadata '" + Recipe.KEY + "' (window " + recipe.spec().window() + ", inputs "
                            + recipe.spec().inputs() + ", " + recipe.spec().outputs()
                            + " outputs) does not fit its layers " + shapes + " to "
                            + model.outputShapes() + "; train the model again");
        }
        return recipe;
    }

    /**
     * The columns of a table that are needed; a date column that is not there is passed over.
     *
     * @param rows what is to be done otherwise than in the model's training
     */
    static Series read(Path data, Recipe recipe, List<String> columns, RowOptions rows) throws IOException {
        Table table = CsvFile.table(data);
        return TableSeries.of(table, columns,
                rows.asIn(recipe, recipe.date() != null && table.columns().contains(recipe.date())));
    }
}
