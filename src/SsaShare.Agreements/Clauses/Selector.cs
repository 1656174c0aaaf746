using System.Collections.Immutable;

namespace SsaShare.Agreements;

/// <summary>Which values a clause is about: those listed or, by default, any. Equal by content and order.</summary>
public readonly struct Selector<T> : IEquatable<Selector<T>>
{
    private readonly ImmutableArray<T> _values;

    /// <exception cref="ArgumentException">No value: "any" is the default selector, and nothing passes an empty one.</exception>
    public Selector(ImmutableArray<T> values)
        => _values = values.IsDefaultOrEmpty ? throw new ArgumentException("A selector lists at least one value.", nameof(values)) : values;

    /// <summary>True when the selector was left out: every value passes.</summary>
    public bool IsAny => _values.IsDefault;

    /// <summary>The listed values; empty when any passes.</summary>
    public ImmutableArray<T> Values => _values.IsDefault ? [] : _values;

    /// <summary>Whether the value is listed or any passes.</summary>
    public bool Passes(T value) => IsAny || _values.Contains(value);

    public bool Equals(Selector<T> other) => IsAny == other.IsAny && Values.SequenceEqual(other.Values);
    public override bool Equals(object? obj) => obj is Selector<T> other && Equals(other);
    public override int GetHashCode() => IsAny ? 0 : HashCode.Combine(_values.Length, _values[0]);
    public static bool operator ==(Selector<T> left, Selector<T> right) => left.Equals(right);
    public static bool operator !=(Selector<T> left, Selector<T> right) => !left.Equals(right);
}

/// <summary>Makes selectors.</summary>
public static class Selector
{
    /// <exception cref="ArgumentException">No value.</exception>
    public static Selector<T> Of<T>(params ReadOnlySpan<T> values) => new([.. values]);
}
