using System.CommandLine;

namespace SsaShare.Cli;

/// <summary>ssa audit ...</summary>
internal static class AuditCommands
{
    public static Command Create() => new("audit", "Search and export a node's exchange log, verify it offline, and compare two.") { ExportCommand.Create(), SearchCommand.Create(), VerifyCommand.Create(), ReconcileCommand.Create() };
}
