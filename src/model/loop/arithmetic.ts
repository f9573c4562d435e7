/** Operators on values that may be unreadable. */
import { type Reading, UNREADABLE } from "./readings.ts";

/** The value of `!x`, `-x` or `+x`. */
export function unary(operator: string, value: Reading): Reading {
  if (value === UNREADABLE) return UNREADABLE;
  if (operator === "!") return !value;
  if (operator === "-") return -Number(value);
  return operator === "+" ? Number(value) : UNREADABLE;
}

/** The value of a comparison or calculation. */
export function binary(operator: string, left: Reading, right: Reading): Reading {
  if (left === UNREADABLE || right === UNREADABLE) return UNREADABLE;
  switch (operator) {
    case "===":
      return left === right;
    case "!==":
      return left !== right;
    case "==":
      return left == right;
    case "!=":
      return left != right;
    default:
      return arithmetic(
        operator,
        Number(left === null ? 0 : left),
        Number(right === null ? 0 : right),
      );
  }
}

function arithmetic(operator: string, left: number, right: number): Reading {
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
    case "**":
      return left ** right;
    case "^":
      return left ^ right;
    case "<<":
      return left << right;
    default:
      return UNREADABLE;
  }
}
