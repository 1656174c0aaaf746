namespace SsaShare.Orbits;

/// <summary>From an evaluation to a correction.</summary>
internal sealed partial class FitIteration
{
    private FitArrays? _arrays;
    private FitEvaluation? _filled;
    private bool _nuisancesAreFree;

    private FitArrays Arrays => _arrays ??= new FitArrays(problem, options, start, propagator.Forces.HasSurfaceForces, _nuisancesAreFree);

    /// <summary>From now on surface coefficients, biases and clocks are estimated and considered, as far as the options ask for it.</summary>
    /// <returns>False when they are already.</returns>
    public bool FreeNuisances()
    {
        if (_nuisancesAreFree) return false;
        _nuisancesAreFree = true;
        (_arrays, _filled) = (null, null);
        return Arrays.HasNuisances;
    }

    /// <summary>Solves the equations at an evaluation.</summary>
    /// <param name="at">Where.</param>
    /// <param name="damping">Share of its own information added to each component of the state; zero for the plain correction.</param>
    /// <param name="correction">To be added to the parameters.</param>
    /// <param name="sigmas">Largest correction of a state component in units of its formal sigma.</param>
    /// <param name="open">What the observations do not determine, when they do not; else empty.</param>
    /// <returns>False when the observations do not determine the parameters.</returns>
    public bool TryCorrection(FitEvaluation at, double damping, out double[] correction, out double sigmas, out string open)
    {
        if (!ReferenceEquals(_filled, at)) Arrays.Fill(at);
        _filled = at;
        return Arrays.TrySolve(at.Parameters.Length, damping, out correction, out sigmas, out open);
    }
}
