using System.CommandLine;

namespace SsaShare.Cli;

/// <summary>ssa log ...</summary>
internal static class LogCommands
{
    public static Command Create() => new("log", "Verify, copy and prove transparency logs in the public C2SP formats: ours and others'.")
    {
        LogVerifyCommand.Create(),
        LogExportCommand.Create(),
        LogProofCommands.Prove(),
        LogProofCommands.Check(),
    };
}
