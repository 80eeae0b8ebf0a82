package dev.gatun.layers;

/** The condition on a number of units: at least 1, and few enough that packed columns are counted in an int. */
final class UnitCount implements OptionCheck<Integer> {

    /** As many as the features a layer takes ({@link InputShapes#features}); an LSTM packs four columns for each, and paddings. */
    private static final int MOST = Integer.MAX_VALUE / 8;

    @Override
    public String problem(String option, Integer units) {
        if (units <= 0) {
            return "expected a positive number of units, got " + units + "; give at least 1";
        }
        return units > MOST ? units + " units are too many; give at most " + MOST : null;
    }
}
