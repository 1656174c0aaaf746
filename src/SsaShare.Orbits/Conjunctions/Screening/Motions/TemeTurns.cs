using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The turn from GCRF to TEME of date over a span, by the theory of SGP4's frame (<see cref="Fk5"/>): taken every hour and interpolated, below 1e-9 rad, 7 mm at low orbit.</summary>
internal sealed class TemeTurns
{
    private const double StepS = 3_600;

    private readonly Epoch _first;
    private readonly Matrix3[] _turns;

    public TemeTurns(Epoch first, Epoch last)
    {
        _first = first;
        int steps = (int)Math.Ceiling(last.SecondsSince(first) / StepS) + 1;
        _turns = [.. Enumerable.Range(0, steps + 1).Select(i => Fk5.TemeToGcrf(first.PlusSeconds(i * StepS)).Transposed)];
    }

    /// <param name="epoch">Within the span.</param>
    public Matrix3 At(Epoch epoch)
    {
        double hours = epoch.SecondsSince(_first) / StepS;
        int i = (int)hours;
        return (1 - (hours - i)) * _turns[i] + (hours - i) * _turns[i + 1];
    }
}
