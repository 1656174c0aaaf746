namespace SsaShare.Orbits;

/// <summary>Why a file of figures was not read.</summary>
/// <param name="File">Its name, as the caller gave it.</param>
/// <param name="Line">From 1; 0 where the file as a whole is meant or has no lines.</param>
/// <param name="Field">Which figure.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="Remedy">What helps.</param>
public sealed record FileFault(string File, int Line, string Field, string Problem, string Remedy)
{
    /// <summary>In one sentence, as compilers write it: file, line, field, problem, remedy.</summary>
    public override string ToString() => $"{File}{(Line > 0 ? $":{Line}" : "")}: {Field}: {Problem}; {Remedy}.";
}
