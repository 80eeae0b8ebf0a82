package dev.gatun.formats.onnx.mapping;

/** A node says of an input of the graph what was assumed otherwise; the mapping begins anew. */
final class Evidence extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient InputForm form;

    Evidence(InputForm form) {
        super("input " + form.input() + " is read as " + form, null, false, false);
        this.form = form;
    }

    InputForm form() {
        return form;
    }
}
