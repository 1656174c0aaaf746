namespace SsaShare.Transparency;

/// <summary>One step of a verification.</summary>
/// <param name="Name">What was checked, a few words.</param>
/// <param name="Succeeded">Whether it holds.</param>
/// <param name="Explanation">What was found, one sentence for people.</param>
public sealed record VerificationStep(string Name, bool Succeeded, string Explanation)
{
    /// <summary>Of a step that failed: what that means and what to do, in a sentence or two; null where nothing is said.</summary>
    public string? Meaning { get; init; }
}

/// <summary>What a verification found, step by step. It ends at the first step that fails, because later ones would rest on it.</summary>
public sealed class VerificationReport
{
    private readonly List<VerificationStep> _steps = [];

    internal VerificationReport()
    {
    }

    public IReadOnlyList<VerificationStep> Steps => _steps;

    /// <summary>Whether every step holds; false without steps.</summary>
    public bool Succeeded => _steps.Count > 0 && _steps.TrueForAll(step => step.Succeeded);

    internal bool Add(string name, bool succeeded, string explanation)
    {
        _steps.Add(new VerificationStep(name, succeeded, explanation));
        return succeeded;
    }
}
