mod access_log;
mod explorer;
