using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Finds where an orbit enters and leaves penumbra and umbra, so that steps end there.</summary>
/// <remarks>One instance goes with one integration: it remembers on which side of either edge the object is.</remarks>
internal sealed class ShadowEdges(ForceModel forces, Epoch start)
{
    private const int Samples = 4, MostIterations = 60;
    private const double NearS = 0.01, OnEdgeRad = 1e-9, EarthsNeighbourhoodKm = 100_000;

    private bool _inPenumbra, _inUmbra;
    private bool _foundIsUmbra;
    private double _knownAt = double.NaN;
    private (double Penumbra, double Umbra) _known;

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
        var (first, last) = (Known(from, arc.PositionKm(0)), Margins(to, arc.PositionKm(1)));
        (_knownAt, _known) = (to, last);
        if (IsFar(first, last, h, arc)) return false;
        Span<double> penumbra = stackalloc double[3], umbra = stackalloc double[3];
        for (int i = 0; i <= Samples; i++)
        {
            double x = (double)i / Samples;
            var now = i == 0 ? first : i == Samples ? last : Margins(from + x * h, arc.PositionKm(x));
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

    /// <summary>
    /// Whether no edge can lie inside the step: a margin turns no faster than the object about the Earth and the Earth's disc in its sky, and both ends are too far from zero for that.
    /// </summary>
    private bool IsFar((double Penumbra, double Umbra) first, (double Penumbra, double Umbra) last, double h, in QuinticArc arc)
    {
        if (Differs(last.Penumbra, _inPenumbra) || Differs(last.Umbra, _inUmbra)) return false;
        double fastest = 0;
        foreach (double x in (ReadOnlySpan<double>)[0, 1])
        {
            Vector3d p = arc.PositionKm(x), v = arc.VelocityKmPerS(x);
            double r = p.Norm, radius = Wgs84.EquatorialRadiusKm;
            if (!(r > 1.001 * radius && r < EarthsNeighbourhoodKm)) return false;
            fastest = Math.Max(fastest, v.Norm / r + Math.Abs(p.Dot(v)) / r * radius / (r * Math.Sqrt(r * r - radius * radius)));
        }
        double turn = 1.5 * fastest * Math.Abs(h);
        return Math.Abs(first.Penumbra) + Math.Abs(last.Penumbra) > turn && Math.Abs(first.Umbra) + Math.Abs(last.Umbra) > turn;
    }

    /// <summary>By false position, halving the weight of an end that stays (Illinois).</summary>
    private double Root(double from, double h, in QuinticArc arc, double low, double high, bool ofUmbra)
    {
        double atLow = Margin(low, arc), atHigh = Margin(high, arc), x = high;
        if (atLow < 0 == atHigh < 0) return low;
        for (int i = 0; i < MostIterations; i++)
        {
            x = (low * atHigh - high * atLow) / (atHigh - atLow);
            double at = Margin(x, arc);
            if (Math.Abs(at) < OnEdgeRad) break;
            if (at < 0 == atHigh < 0) (high, atHigh, atLow) = (x, at, 0.5 * atLow);
            else (low, atLow, atHigh) = (x, at, 0.5 * atHigh);
        }
        return x;

        double Margin(double share, in QuinticArc on)
        {
            var (penumbra, umbra) = Margins(from + share * h, on.PositionKm(share));
            return ofUmbra ? umbra : penumbra;
        }
    }

    /// <summary>At the start of a step, which mostly is the end of the one before.</summary>
    private (double Penumbra, double Umbra) Known(double time, Vector3d position) => time == _knownAt ? _known : Margins(time, position);

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
