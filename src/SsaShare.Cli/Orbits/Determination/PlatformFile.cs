using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>The ephemeris of a platform that carries a sensor, with its covariance where the file has some.</summary>
internal static class PlatformFile
{
    private const int LeastStates = 4;

    /// <param name="path">Of any format with states: OEM, OCM, STK, ITC.</param>
    /// <param name="rotation">Of the Earth: the states may be Earth-fixed.</param>
    /// <exception cref="InvalidDataException">It has no ephemeris, or one with faults.</exception>
    public static OrbitingPlatform Read(string path, EarthRotation rotation)
    {
        using var stream = File.OpenRead(path);
        using var source = FormatSource.Open(stream);
        var format = FormatCatalog.Default.Recognise(source, path, out var unknown) ?? throw new InvalidDataException(FormatText.Line(unknown!));
        var opened = new FormatInputFile(path, stream, source, format, new FormatReadOptions { FileName = path, Now = Utc.FromDateTime(TimeProvider.System.GetUtcNow()), Mode = ReadMode.Lenient }, stream.Length);
        var (states, covariances) = (new List<CartesianState>(), new List<Covariance6?>());
        foreach (var found in OrbitInput.Read(opened, EphemerisStatesWanted.AllWithCovariances))
        {
            if (found.Issue is { Severity: IssueSeverity.Refused } issue) throw new InvalidDataException(FormatText.Line(issue));
            // Segments may overlap; the earlier goes on to its end.
            if (found.Start is not { State: { State: { } state } given } || states.Count > 0 && state.Epoch <= states[^1].Epoch) continue;
            states.Add(rotation.To(state, Frame.Gcrf));
            covariances.Add(given.Covariance is { } covariance ? CovarianceFrames.ToGcrf(covariance, state, rotation) : null);
        }
        if (states.Count < LeastStates) throw new InvalidDataException($"{path}: file: has {states.Count} states; an ephemeris of a platform needs at least {LeastStates}");
        return new OrbitingPlatform(states, covariances.Exists(one => one is not null) ? Filled(states, covariances) : null);
    }

    /// <summary>Between the covariances that there are, in radial, transverse and normal axes, in which they change slowly; before the first and after the last as these.</summary>
    private static Covariance6[] Filled(List<CartesianState> states, List<Covariance6?> covariances)
    {
        int[] known = [.. Enumerable.Range(0, states.Count).Where(i => covariances[i] is not null)];
        Covariance6[] local = [.. known.Select(i => LocalOrbitFrame.Of(states[i], LocalOrbitAxes.Rtn).ToLocal(covariances[i]!))];
        var all = new Covariance6[states.Count];
        for (int i = 0, next = 0; i < states.Count; i++)
        {
            while (next < known.Length && known[next] < i) next++;
            int after = Math.Min(next, known.Length - 1), before = next < known.Length && known[next] == i ? next : Math.Max(0, next - 1);
            double gap = states[known[after]].Epoch.SecondsSince(states[known[before]].Epoch), share = gap > 0 ? states[i].Epoch.SecondsSince(states[known[before]].Epoch) / gap : 0;
            double[] lower = [.. Enumerable.Range(0, 21).Select(entry => (1 - share) * local[before].Lower[entry] + share * local[after].Lower[entry])];
            all[i] = LocalOrbitFrame.Of(states[i], LocalOrbitAxes.Rtn).FromLocal(new Covariance6(lower));
        }
        return all;
    }
}
