package dev.gatun.engine.function;

/** Whether arguments make a function whose derivative its value tells. */
final class ArgumentCheck {

    private ArgumentCheck() {}

    static void of(ActivationKind kind, float[] arguments) {
        if (arguments.length != kind.arguments().size()) {
            throw new IllegalArgumentException("The activation '" + kind.keyword() + "' has " + kind.arguments().size()
                    + " arguments, got " + arguments.length);
        }
        for (int i = 0; i < arguments.length; i++) {
            String wrong = problem(kind, kind.arguments().get(i).name(), arguments[i]);
            if (wrong != null) {
                throw new IllegalArgumentException("The activation '" + kind.keyword() + "': "
                        + kind.arguments().get(i).name() + " must be " + wrong + ", got " + arguments[i]);
            }
        }
    }

    private static String problem(ActivationKind kind, String name, float value) {
        boolean isLimit = name.equals("max_value");
        if (Float.isNaN(value) || Float.isInfinite(value) && !isLimit) {
            return "a finite number";
        }
        boolean anything = kind == ActivationKind.THRESHOLD;
        if (name.equals("alpha") && !(value > 0)) {
            return "above 0";
        }
        if (name.equals("approximate") && value != 0 && value != 1) {
            return "0 (no) or 1 (yes)";
        }
        return anything || value >= 0 ? null : "at least 0";
    }
}
