import type { ComponentChildren } from 'preact';

/**
 * A button. One that does nothing now stays where it is and can still be reached, so that neither the page moves nor the
 * focus is lost.
 */
export function Action({
  children,
  isPossible = true,
  onClick,
  label,
}: {
  readonly children: ComponentChildren;
  readonly isPossible?: boolean;
  readonly onClick: () => void;
  /** A name for those who do not see what is around the button. */
  readonly label?: string;
}) {
  return (
    <button
      type="button"
      aria-disabled={isPossible ? undefined : 'true'}
      {...(label === undefined ? {} : { 'aria-label': label })}
      onClick={() => {
        if (isPossible) onClick();
      }}
    >
      {children}
    </button>
  );
}
