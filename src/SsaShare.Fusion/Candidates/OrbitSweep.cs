using System.Numerics;
using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>
/// Orbits by plane and energy, swept whole, several in one instruction: which may be the same as a given one, by the uncertainties of both. Planes are compared as of one instant, to which their nodes are turned.
/// </summary>
/// <remarks>A hundred thousand orbits are 2.4 MB. Answers are a superset of what <see cref="OrbitGate"/> lets through, in no order.</remarks>
internal sealed class OrbitSweep
{
    private const int FirstCapacity = 64;
    private float[] _x = new float[FirstCapacity], _y = new float[FirstCapacity], _z = new float[FirstCapacity], _logN = new float[FirstCapacity], _plane = new float[FirstCapacity], _energy = new float[FirstCapacity];

    public int Count { get; private set; }

    public void Add(Vector3d normal, double logN, double planeSigma, double energySigma)
    {
        Grow();
        Put(Count++, normal, logN, planeSigma, energySigma);
    }

    public void Put(int at, Vector3d normal, double logN, double planeSigma, double energySigma)
        => (_x[at], _y[at], _z[at], _logN[at], _plane[at], _energy[at]) = ((float)normal.X, (float)normal.Y, (float)normal.Z, (float)logN, (float)planeSigma, (float)energySigma);

    /// <summary>The last takes the place of the one that goes.</summary>
    public void RemoveAt(int at)
    {
        Count--;
        foreach (float[] row in (ReadOnlySpan<float[]>)[_x, _y, _z, _logN, _plane, _energy]) row[at] = row[Count];
    }

    /// <param name="sigmas">So many of both together.</param>
    /// <param name="found">Numbers of those that may be the same; cleared first.</param>
    public void Find(Vector3d normal, double logN, double planeSigma, double energySigma, double sigmas, List<int> found)
    {
        found.Clear();
        var (x, y, z, n) = (new Vector<float>((float)normal.X), new Vector<float>((float)normal.Y), new Vector<float>((float)normal.Z), new Vector<float>((float)logN));
        // Single precision: a millionth of slack.
        var (k, plane, energy, slack) = (new Vector<float>((float)sigmas), new Vector<float>((float)planeSigma), new Vector<float>((float)energySigma), new Vector<float>(2e-6f));
        for (int at = 0; at < Count; at += Vector<float>.Count)
        {
            var apart = Vector.Abs(new Vector<float>(_logN, at) - n);
            var near = Vector.LessThanOrEqual(apart, k * (new Vector<float>(_energy, at) + energy) + slack);
            if (Vector.EqualsAll(near, Vector<int>.Zero)) continue;
            Vector<float> dx = new Vector<float>(_x, at) - x, dy = new Vector<float>(_y, at) - y, dz = new Vector<float>(_z, at) - z, reach = k * (new Vector<float>(_plane, at) + plane) + slack;
            near &= Vector.LessThanOrEqual(dx * dx + dy * dy + dz * dz, reach * reach);
            if (Vector.EqualsAll(near, Vector<int>.Zero)) continue;
            for (int lane = 0; lane < Vector<float>.Count && at + lane < Count; lane++)
                if (near[lane] != 0) found.Add(at + lane);
        }
    }

    private void Grow()
    {
        if (Count < _x.Length) return;
        int length = 2 * _x.Length;
        Array.Resize(ref _x, length);
        Array.Resize(ref _y, length);
        Array.Resize(ref _z, length);
        Array.Resize(ref _logN, length);
        Array.Resize(ref _plane, length);
        Array.Resize(ref _energy, length);
    }
}
