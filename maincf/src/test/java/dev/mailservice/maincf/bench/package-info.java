/** What is measured and never tested: {@code maincf/bench} runs it. */
@NullMarked
package dev.mailservice.maincf.bench;

import org.jspecify.annotations.NullMarked;
