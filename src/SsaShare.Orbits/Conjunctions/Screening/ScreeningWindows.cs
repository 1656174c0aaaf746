using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The span cut into windows of equal length, at most <see cref="LengthS"/> each. They do not depend on what is screened.</summary>
internal sealed class ScreeningWindows
{
    /// <summary>Long enough to be few; short enough that an orbit bends by at most 130 m.</summary>
    public const double LengthS = 8;

    private readonly long _start, _span;

    public ScreeningWindows(Epoch start, Epoch end)
    {
        (_start, _span) = (start.NanosecondsSinceJ2000, end.NanosecondsSinceJ2000 - start.NanosecondsSinceJ2000);
        Count = (int)Math.Ceiling(_span / (LengthS * 1e9));
    }

    public int Count { get; }

    public long Start => _start;

    public long End => _start + _span;

    /// <summary>The instant where a window begins, 0 to <see cref="Count"/> (the end of the last). One before and one after them lie <see cref="LengthS"/> outside of the span.</summary>
    public long Knot(int index) => index < 0 ? _start - OutsideNs : index > Count ? End + OutsideNs : _start + (long)((Int128)_span * index / Count);

    private const long OutsideNs = (long)(LengthS * 1e9);
}
