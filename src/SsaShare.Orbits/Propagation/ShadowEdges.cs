using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Finds where an orbit enters and leaves penumbra and umbra, so that steps end there.</summary>
/// <remarks>One instance goes with one integration: it remembers on which side of either edge the object is.</remarks>
internal sealed class ShadowEdges(ForceModel forces, Epoch start)
{
    private const int Samples = 4;
    private const double NearS = 0.01;

    private bool _inPenumbra, _inUmbra;
    private bool _foundIsUmbra;

    public void Start(double time, Vector3d position)
    {
        var (penumbra, umbra) = Margins(time, position);
        (_inPenumbra, _inUmbra) = (penumbra < 0, umbra < 0);
    }

    /// <summary>The first edge inside the latest step.</summary>
    /// <returns>False where there is none, or it is so close to the start that the step counts as beginning on it.</returns>
    public bool TryFind(double from, double to, in QuinticArc arc, out double edge)
    {
        edge = to;
        double h = to - from, before = 0;
        Span<double> penumbra = stackalloc double[3], umbra = stackalloc double[3];
        for (int i = 0; i <= Samples; i++)
        {
            double x = (double)i / Samples;
            var now = Margins(from + x * h, arc.PositionKm(x));
            Push(penumbra, now.Penumbra);
            Push(umbra, now.Umbra);
            if (i == 0) continue;
            if (Differs(now.Penumbra, _inPenumbra) || Differs(now.Umbra, _inUmbra)) return TryLocate(from, h, arc, before, x, ref edge);
            // An orbit may graze the shadow between two samples.
            if (i >= 2 && (TryVertex(penumbra, _inPenumbra, out double dip) || TryVertex(umbra, _inUmbra, out dip)))
            {
                double at = x - (1 - dip) / Samples;
                var deep = Margins(from + at * h, arc.PositionKm(at));
                if (Differs(deep.Penumbra, _inPenumbra) || Differs(deep.Umbra, _inUmbra)) return TryLocate(from, h, arc, Math.Min(x - 2.0 / Samples, at), at, ref edge);
            }
            before = x;
        }
        return false;
    }

    /// <summary>The integration has come to the edge found last: what follows lies on its other side.</summary>
    public void Cross()
    {
        if (_foundIsUmbra) _inUmbra = !_inUmbra;
        else _inPenumbra = !_inPenumbra;
    }

    private bool TryLocate(double from, double h, in QuinticArc arc, double low, double high, ref double edge)
    {
        var atHigh = Margins(from + high * h, arc.PositionKm(high));
        double penumbra = Differs(atHigh.Penumbra, _inPenumbra) ? Root(from, h, arc, low, high, false) : double.PositiveInfinity;
        double umbra = Differs(atHigh.Umbra, _inUmbra) ? Root(from, h, arc, low, high, true) : double.PositiveInfinity;
        _foundIsUmbra = umbra < penumbra;
        double x = Math.Min(umbra, penumbra);
        edge = from + x * h;
        if (Math.Abs(x * h) > NearS) return true;
        Cross();
        return TryFind(from, from + h, arc, out edge);
    }

    /// <summary>By halving: 45 times leave a microsecond of the longest step.</summary>
    private double Root(double from, double h, in QuinticArc arc, double low, double high, bool ofUmbra)
    {
        bool side = ofUmbra ? _inUmbra : _inPenumbra;
        for (int i = 0; i < 45 && Math.Abs((high - low) * h) > 1e-6; i++)
        {
            double middle = 0.5 * (low + high);
            var (penumbra, umbra) = Margins(from + middle * h, arc.PositionKm(middle));
            if (Differs(ofUmbra ? umbra : penumbra, side)) high = middle;
            else low = middle;
        }
        return high;
    }

    private (double Penumbra, double Umbra) Margins(double time, Vector3d position)
    {
        forces.ShadowMargins(start.PlusSeconds(time), position, out double penumbra, out double umbra);
        return (penumbra, umbra);
    }

    private static bool Differs(double margin, bool isInside) => margin < 0 != isInside;

    private static void Push(Span<double> last, double value) => (last[0], last[1], last[2]) = (last[1], last[2], value);

    /// <summary>Where a parabola through three samples comes to or across zero between them.</summary>
    private static bool TryVertex(ReadOnlySpan<double> last, bool isInside, out double at)
    {
        double sign = isInside ? -1 : 1, a = sign * last[0], b = sign * last[1], c = sign * last[2];
        double bend = a - 2 * b + c;
        at = 0;
        if (!(bend > 0) || !(b < a && b <= c)) return false;
        at = 0.5 * (a - c) / bend;
        double lowest = b - 0.25 * (a - c) * at;
        return lowest < 0.05 * b;
    }
}
