/// What readers of weights share: numbers as files hold them, turned into the weights of a model.
package dev.gatun.formats.build;
