//! Islands: the parts that run in the browser. Each makes a plain form faster or kinder, and none is needed.
