KINDS = ("export_quota", "export_ban", "export_duty", "licensing", "embargo")
LOSS_KIND = "output_loss"
